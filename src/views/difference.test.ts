import { expect, test } from 'vitest';
import type { WorldEntry, WorldFact } from '../brokers/facts.ts';
import { difference } from './difference.ts';
import { orderRun } from './fixture.ts';

const journal = (...facts: (WorldFact & { node: string })[]): WorldEntry[] =>
  facts.map((fact, seq) => ({ seq, time: seq * 10, ...fact }));

const published = { node: 'orders', type: 'bus.published', id: 'e-1', event: 'order.created', data: { n: 1 } } as const;
const charged = { node: 'pay', type: 'world.effected', kind: 'charge', key: 'ORD-1', data: {} } as const;
const handled = { node: 'pay', type: 'bus.handled', id: 'e-1', subscription: 'pay:order.*', attempt: 1 } as const;
const lost = { node: 'bus', type: 'bus.settled', id: 'e-1', subscription: 'pay:order.*', outcome: 'lost' } as const;
const written = (sum: number) =>
  ({
    node: 'totals',
    type: 'readModel.written',
    writes: [{ table: 'totals', op: 'upsert', key: 'A', row: { sum } }],
  }) as const;

test('a run does not differ from itself', () => {
  const run = orderRun(20);
  expect(difference(run, orderRun(20))).toEqual({ first: undefined, events: [], effects: [], readModels: [] });
});

test('what was lost in one future is told by events, effects and read models, from the first entry that differs', () => {
  const one = journal(published, handled, charged, written(10), written(20));
  const other = journal(published, lost, written(10));
  expect(difference(one, other)).toEqual({
    first: 1,
    events: [
      { what: 'order.created → pay:order.*', one: 1, other: 0 },
      { what: 'order.created → pay:order.* ∅', one: 0, other: 1 },
    ],
    effects: [{ what: 'charge ORD-1 {}', one: 1, other: 0 }],
    readModels: [{ what: 'totals A', one: '{"sum":20}', other: '{"sum":10}' }],
  });
});

test('a run that is the beginning of another differs where it ends', () => {
  const run = orderRun(5);
  expect(difference(run.slice(0, 30), run).first).toBe(30);
});

test('a row that is only in one of them has no other side', () => {
  const run = journal(published, written(1));
  expect(difference(journal(published), run).readModels).toEqual([{ what: 'totals A', other: '{"sum":1}' }]);
});
