import fc from 'fast-check';
import { expect, test } from 'vitest';
import { moved, roundSpan, ticks, zoomed } from './scale.ts';

test('the tape in the making grows in round steps', () => {
  expect([0, 1_900, 2_500, 7_000, 59_000].map((time) => roundSpan(time).to)).toEqual([
    2_000, 2_000, 3_000, 8_000, 80_000,
  ]);
});

test('a zoom keeps the time under the pointer where it is and stays within the run', () => {
  expect(zoomed({ from: 0, to: 1000 }, 2, 500, 1000)).toEqual({ from: 250, to: 750 });
  expect(zoomed({ from: 250, to: 750 }, 0.01, 500, 1000)).toEqual({ from: 0, to: 1000 });
  fc.assert(
    fc.property(
      fc.double({ min: 0.1, max: 10, noNaN: true }),
      fc.double({ min: 0, max: 900, noNaN: true }),
      (factor, around) => {
        const { from, to } = zoomed({ from: 0, to: 1000 }, factor, around, 1000);
        expect(from).toBeGreaterThanOrEqual(0);
        expect(to).toBeLessThanOrEqual(1000 + 1e-9);
      },
    ),
  );
});

test('a move stops at both ends', () => {
  expect(moved({ from: 100, to: 300 }, -500, 1000)).toEqual({ from: 0, to: 200 });
  expect(moved({ from: 100, to: 300 }, 5_000, 1000)).toEqual({ from: 800, to: 1000 });
});

test('ticks are round and inside', () => {
  expect(ticks({ from: 130, to: 1_060 }, 180)).toEqual([200, 400, 600, 800, 1_000]);
});
