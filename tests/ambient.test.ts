import { ESLint } from 'eslint';
import { expect, test } from 'vitest';

const ambient = [
  'Date.now();',
  'new Date();',
  'Math.random();',
  'setTimeout(() => {}, 1);',
  'queueMicrotask(() => {});',
  'performance.now();',
  'crypto.randomUUID();',
  'globalThis.Date;',
  'process.nextTick(() => {});',
  'document.title;',
  'new Intl.NumberFormat();',
  '(1.5).toLocaleString();',
  "'a'.localeCompare('b');",
  '[3, 20].sort();',
  '[3, 20].toSorted();',
];
const harmless = ['[3, 20].sort((a, b) => a - b);', 'Math.max(1, 2);', 'new Map([[1, 2]]);', 'JSON.stringify({});'];

const eslint = new ESLint({ overrideConfig: { rules: { '@typescript-eslint/no-unused-expressions': 'off' } } });
/** The complaints about a file of the kernel that holds this code. */
const complaints = async (code: string) => {
  const [file] = await eslint.lintText(`${code}\n`, { filePath: 'src/kernel/clock.ts' });
  return file!.messages.map(({ ruleId }) => ruleId);
};

test.each(ambient)('the linter refuses %s where a run is played', async (code) => {
  expect(await complaints(code)).toContainEqual(expect.stringMatching(/^no-restricted-/));
});

test.each(harmless)('the linter lets %s through', async (code) => {
  expect(await complaints(code)).toEqual([]);
});
