import fc from 'fast-check';
import { expect, test } from 'vitest';
import { changes } from './changes.ts';

test('a change is named by its path, with what was there and what is', () => {
  expect(
    changes({ balance: 100, owner: { name: 'Anna' }, tags: ['a'] }, { balance: 150, owner: {}, tags: ['a', 'b'] }),
  ).toEqual([
    { path: 'balance', before: 100, after: 150 },
    { path: 'owner.name', before: 'Anna' },
    { path: 'tags[1]', after: 'b' },
  ]);
});

test('a state that is no object differs as a whole', () => {
  expect(changes(0, 100)).toEqual([{ path: '', before: 0, after: 100 }]);
  expect(changes(null, { balance: 0 })).toEqual([{ path: '', before: null, after: { balance: 0 } }]);
  expect(changes({ items: {} }, { items: [] })).toEqual([{ path: 'items', before: {}, after: [] }]);
});

test('there is no difference exactly where two states are the same JSON', () => {
  const state = fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.parse(JSON.stringify(value)) as unknown);
  const sorted = (value: unknown): unknown =>
    Array.isArray(value)
      ? value.map(sorted)
      : value !== null && typeof value === 'object'
        ? Object.fromEntries(
            Object.entries(value)
              .sort(([a], [b]) => (a < b ? -1 : 1))
              .map(([k, v]) => [k, sorted(v)]),
          )
        : value;
  fc.assert(
    fc.property(state, state, (a, b) => {
      expect(changes(a, a)).toEqual([]);
      expect(changes(a, b).length === 0).toBe(JSON.stringify(sorted(a)) === JSON.stringify(sorted(b)));
    }),
  );
});
