import { expect, test } from 'vitest';
import type { WorldEntry } from '../brokers/facts.ts';
import { project } from '../kernel/projection.ts';
import type { StoredEvent } from '../kernel/stored.ts';
import { findRows, lagOf, pairs, projectionsAt, readModelsFrom } from './readmodels.ts';

const event = (position: number, type = 'order.created'): StoredEvent => ({
  id: `e${position}`,
  stream: `order-${position}`,
  revision: 0,
  position,
  type,
  data: {},
  created: '2026-01-01T00:00:00.000Z',
});

/** The state after these facts, one every 10 virtual ms. */
const after = (facts: readonly object[], stored: readonly StoredEvent[] = []) =>
  project(
    readModelsFrom(stored),
    facts.map((fact, seq) => ({ seq, time: seq * 10, node: 'projection', ...fact }) as WorldEntry),
  );

const appended = (...positions: number[]) => ({
  node: 'commands',
  type: 'store.appended',
  stream: 'orders',
  events: positions.map((position) => event(position)),
});
const row = (id: string, fields: object = {}) => ({ table: 'orders', op: 'upsert', key: id, row: { id, ...fields } });
const wrote = (id: string, rest: object = {}) => ({ type: 'readModel.written', writes: [row(id)], ...rest });

test('a projection is behind by what was appended after its checkpoint, for as long as the oldest of it waits', () => {
  const state = after([appended(0), wrote('o-0', { checkpoints: { orders: 0 } }), appended(1), appended(2)]);
  expect(lagOf(state, 'projection', 45)).toEqual({ by: 'checkpoint', position: 0, events: 2, time: 25 });
  expect(projectionsAt(state, 45)).toMatchObject([{ node: 'projection', tables: ['orders'] }]);
});

test('it catches up, and events of the system count for nobody', () => {
  const state = after([
    appended(0),
    { node: 'commands', type: 'store.appended', stream: '$snapshot-a', events: [event(1, '$snapshot')] },
    wrote('o-0', { checkpoints: { orders: 0 } }),
  ]);
  expect(lagOf(state, 'projection', 99)).toMatchObject({ events: 0, time: 0 });
});

test('without a checkpoint it has come as far as the event that made it write', () => {
  const state = after([appended(0), appended(1), wrote('o-0', { cause: 0 })]);
  expect(lagOf(state, 'projection', 30)).toEqual({ by: 'cause', position: 0, events: 1, time: 20 });
});

test('one that listens to the bus is behind by what the bus still has for it', () => {
  const subscription = 'projection:order.*';
  const published = (id: string) => ({ node: 'orders', type: 'bus.published', id, event: 'order.created', data: {} });
  const routed = (id: string) => ({ node: 'bus', type: 'bus.routed', id, to: [subscription] });
  const state = after([
    { type: 'bus.subscribed', subscription, pattern: 'order.*', concurrency: 1 },
    published('a'),
    routed('a'),
    published('b'),
    routed('b'),
    { type: 'bus.settled', id: 'a', subscription, outcome: 'acked' },
    wrote('o-0'),
  ]);
  expect(lagOf(state, 'projection', 60)).toEqual({ by: 'bus', events: 1, time: 30 });
});

test('before anybody has written, all that was stored is missing', () => {
  expect(lagOf(after([], [event(0), event(1)]), undefined, 50)).toMatchObject({ by: 'nobody', events: 2, time: 50 });
});

test('an answer is judged by what the write side knew when it was given; what a projection asks itself is none', () => {
  const read = (node: string) => ({ node, type: 'readModel.read', table: 'orders', where: { id: 'o-1' }, found: [] });
  const state = after([
    appended(0),
    wrote('o-0', { checkpoints: { orders: 0 } }),
    read('queries'),
    appended(1),
    read('queries'),
    read('projection'),
  ]);
  expect(state.answers.map(({ entry, missing }) => [entry.seq, missing])).toEqual([
    [2, 0],
    [4, 1],
  ]);
});

test('a rebuild writes beside what is served, and both sides are compared by key', () => {
  const rebuild = { node: 'projection~rebuild' };
  const state = after([
    appended(0, 1),
    { ...wrote('o-0', { checkpoints: { orders: 1 } }), writes: [row('o-0', { total: 2 }), row('o-1')] },
    { type: 'readModel.emptied', ...rebuild },
    { ...wrote('o-0', { checkpoints: { orders: 0 } }), writes: [row('o-0', { total: 1 })], ...rebuild },
  ]);
  expect(projectionsAt(state, 40)).toMatchObject([{ node: 'projection', lag: { events: 0 }, rebuild: { events: 1 } }]);
  const compared = pairs(state.readModels.get('orders'), state.rebuilds.get(rebuild.node)!.get('orders'));
  expect(compared.map(({ key, same, rebuilt }) => [key, same, rebuilt?.row])).toEqual([
    ['o-0', false, { id: 'o-0', total: 1 }],
    ['o-1', false, undefined],
  ]);
});

test('rows are found by key, by a field and by the id that a field stands for, as they would be typed', () => {
  const state = after([{ ...wrote(''), writes: [row('1', { customerId: 'anna', total: 3 }), row('2', { total: 3 })] }]);
  const keys = (field: string, value: string) =>
    findRows(state.readModels.get('orders')!, field, value).map(([key]) => key);
  expect(keys('id', '2')).toEqual(['2']);
  expect(keys('total', '3')).toEqual(['1', '2']);
  expect(keys('customer', 'anna')).toEqual(['1']);
  expect(keys('total', 'three')).toEqual([]);
});

test('a row knows the entry that wrote it, a deleted one is gone, and each service has its own tables', () => {
  const written = (node: string, op: string) => ({ node, type: 'db.written', writes: [{ ...row('1'), op }] });
  const gone = { node: 'a', type: 'db.written', writes: [{ table: 'orders', op: 'delete', key: '1' }] };
  const { services } = after([written('a', 'insert'), written('b', 'insert'), written('b', 'update'), gone]);
  expect(services.get('a')!.get('orders')!.size).toBe(0);
  expect(services.get('b')!.get('orders')!.get('1')).toMatchObject({ seq: 2, time: 20, node: 'b' });
});
