import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NotPlain, payloadLimits, plain } from './plain.ts';

const frozen = (value: unknown): boolean =>
  typeof value !== 'object' || value === null || (Object.isFrozen(value) && Object.values(value).every(frozen));

const value = fc.anything({
  withDate: true,
  withNullPrototype: true,
  withSparseArray: true,
  withTypedArray: true,
  maxDepth: 4,
});

test('what comes back is the JSON copy, frozen all the way down', () => {
  fc.assert(
    fc.property(value, (original) => {
      const text = JSON.stringify(original) as string | undefined;
      const copy = plain(original, 'data');
      expect(copy).toEqual(text === undefined ? undefined : JSON.parse(text));
      expect(frozen(copy)).toBe(true);
      expect(JSON.stringify(copy)).toBe(text);
    }),
  );
});

const loop: Record<string, unknown> = {};
loop['self'] = { loop };

test.each<[string, unknown, string]>([
  ['a function', { on: { done: () => {} } }, 'data.on.done is a function: events carry plain data'],
  ['a symbol', [Symbol('x')], 'data[0] is a symbol: events carry plain data'],
  ['a BigInt', { price: 10n }, 'data.price is a BigInt, which JSON cannot carry: send it as a string'],
  ['a Map', { by: new Map() }, 'data.by is a Map: events carry plain data'],
  ['a Set', new Set(), 'data is a Set: events carry plain data'],
  ['a promise', [[Promise.resolve()]], 'data[0][0] is a Promise: events carry plain data'],
  ['a cycle', loop, 'data.self.loop refers back to a value that contains it: a cycle cannot be sent'],
])('%s is refused with its path', (_, original, sentence) => {
  expect(() => plain(original, 'data')).toThrow(new NotPlain(sentence));
});

test('one value twice is no cycle', () => {
  const address = { city: 'Омск' };
  expect(plain({ from: address, to: address }, 'data')).toEqual({ from: address, to: address });
});

test('what is too deep is refused with its path', () => {
  const nested = (depth: number): unknown => (depth === 0 ? 'bottom' : [nested(depth - 1)]);
  expect(() => plain(nested(payloadLimits.depth), 'data')).not.toThrow();
  expect(() => plain(nested(payloadLimits.depth + 1), 'data')).toThrow(
    /^data(\[0\])+ is nested more than 200 levels deep$/,
  );
});

const doubled = (times: number): unknown =>
  times === 0 ? {} : [doubled(0), ...Array<unknown>(2).fill(doubled(times - 1))];

test.each<[string, () => unknown]>([
  ['a text', () => 'x'.repeat(payloadLimits.characters)],
  ['a text of quotes, each two characters of JSON', () => '"'.repeat(payloadLimits.characters / 2)],
  ['one long text many times', () => Array<string>(100_000).fill('x'.repeat(100_000))],
  ['a value that contains itself half a million times over', () => doubled(18)],
  ['a list with nothing in it', () => new Array<unknown>(2 ** 32 - 1)],
])('%s is too large, and that is seen without writing it out', (_, original) => {
  expect(() => plain(original(), 'data')).toThrow(/^data\S* is too large: more than 1000000 characters of JSON$/);
});

test('what is as large as allowed may go', () => {
  expect(plain('x'.repeat(payloadLimits.characters - 2), 'data')).toHaveLength(payloadLimits.characters - 2);
  expect(
    plain(
      Array(249_000)
        .fill(null)
        .map(() => 'a'),
      'data',
    ),
  ).toHaveLength(249_000);
});
