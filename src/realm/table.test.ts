import { Console } from 'node:console';
import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { table } from './table.ts';

/** What Node itself prints. */
function printed(...args: Parameters<typeof console.table>): string {
  let text = '';
  const stdout = new Writable({ write: (chunk, _, done) => ((text += String(chunk)), done()) });
  new Console({ stdout }).table(...args);
  return text.trimEnd();
}

test.each([
  ['rows of objects', [{ a: 1, b: 'xyz' }, { a: 22 }]],
  ['plain values', [1, 'a', null, undefined, true]],
  ['rows of arrays', [[1, 2], [3]]],
  ['an object of objects', { x: { n: 1 }, y: { n: 2, deep: { er: 1 } } }],
  ['objects and values', [{ a: 1 }, 5, { c: 3 }]],
  [
    'a Map',
    new Map<unknown, unknown>([
      ['k', 1],
      [{ a: 1 }, { b: 2 }],
    ]),
  ],
  ['a Set', new Set([1, 'two', { three: 3 }])],
  ['nothing', []],
  ['large cells', [{ list: [1, 2, 3, 4, 5], many: { a: 1, b: 2, c: 3 } }]],
])('draws %s as Node does', (_, data) => {
  expect(table(data)).toBe(printed(data));
});

test('draws only the columns that are asked for', () => {
  const rows = [{ a: 1, b: 2 }, { b: 3 }, 4];
  expect(table(rows, ['b'])).toBe(printed(rows, ['b']));
});

test('leaves what is no table to the log', () => {
  expect(table(5)).toBeUndefined();
});
