import { expect, test } from 'vitest';
import { honest, playwrightCounts, vitestCounts } from './counts.ts';

test('a test file that does not load counts as a failure', () => {
  const report = {
    numPassedTests: 3,
    numFailedTests: 1,
    testResults: [
      { status: 'failed', assertionResults: [{}, {}] },
      { status: 'failed', assertionResults: [] },
      { status: 'passed', assertionResults: [{}, {}] },
    ],
  };
  expect(vitestCounts(report)).toEqual({ passed: 3, failed: 2 });
});

test('a test that passed only when repeated counts as a failure', () => {
  expect(playwrightCounts({ stats: { expected: 4, unexpected: 1, flaky: 2 } })).toEqual({ passed: 4, failed: 3 });
});

test('a runner that exits with an error cannot have zero failures', () => {
  expect(honest({ passed: 5, failed: 0 }, 1)).toEqual({ passed: 5, failed: 1 });
  expect(honest({ passed: 5, failed: 2 }, 1)).toEqual({ passed: 5, failed: 2 });
});

test('a runner that ran nothing has not passed', () => {
  expect(honest({ passed: 0, failed: 0 }, 0)).toEqual({ passed: 0, failed: 1 });
});
