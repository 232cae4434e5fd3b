import { expect, test } from 'vitest';
import type { WorldEntry } from '../brokers/facts.ts';
import { project } from '../kernel/projection.ts';
import { orderRun } from './fixture.ts';
import { nodesAt, topology } from './topology.ts';

const stateOf = (facts: readonly object[]) =>
  project(
    topology,
    facts.map((fact, seq) => ({ seq, time: seq * 10, node: 'stock', ...fact }) as WorldEntry),
  );
const delivered = {
  type: 'bus.delivered',
  id: 'e1',
  subscription: 'stock:made',
  attempt: 1,
  redelivered: false,
  sent: 0,
  arrived: 0,
};
const handled = { type: 'bus.handled', id: 'e1', subscription: 'stock:made', attempt: 1 };
const status = (facts: readonly object[], time: number, atRest = false) =>
  nodesAt(stateOf(facts), time, atRest).find((node) => node.name === 'stock')!.status;

test('edges are the ways that messages took and the subscriptions that wait for them', () => {
  const { edges } = project(topology, orderRun(1));
  expect([...edges.keys()]).toEqual([
    'deliver bus>inventory-service',
    'deliver bus>payment-service',
    'deliver bus>mail-service',
    'append order-service>eventStore',
    'publish order-service>bus',
  ]);
  expect(edges.get('deliver bus>mail-service')!.patterns).toEqual(['order.*']);
});

test('a node is busy from delivery to the end of its handler, and stuck when that does not come', () => {
  expect(status([delivered], 10)).toBe('busy');
  expect(status([delivered, handled], 10)).toBe('idle');
  expect(status([delivered], 6_000)).toBe('stuck');
  expect(status([delivered], 10, true)).toBe('stuck');
});

test('a crashed node is down, forgets what it was busy with, and is back after a restart', () => {
  const crash = { type: 'node.crashed', because: 'fault' };
  expect(status([delivered, crash], 20)).toBe('crashed');
  expect(status([delivered, crash, { type: 'node.restarted', file: 'stock.ts', incarnation: 2 }], 30)).toBe('idle');
});

test('a file that does not load is a node that failed and says why', () => {
  const error = { name: 'SyntaxError', message: 'no' };
  const [node] = nodesAt(stateOf([{ type: 'node.failed', during: 'load', error }]), 0, false);
  expect(node).toMatchObject({ status: 'failed', failure: error });
});

test('what waits for a subscriber waits at the bus too', () => {
  const state = stateOf([
    { type: 'bus.subscribed', subscription: 'stock:made', pattern: 'made', concurrency: 1 },
    { node: 'orders', type: 'bus.published', id: 'e1', event: 'made', data: 1 },
    { node: 'bus', type: 'bus.routed', id: 'e1', to: ['stock:made'] },
  ]);
  const waiting = Object.fromEntries(nodesAt(state, 20, false).map((node) => [node.name, node.waiting]));
  expect(waiting).toEqual({ stock: 1, bus: 1, orders: 0 });
});

test('a paused node stands until it goes on, or is started anew', () => {
  const status = (facts: readonly object[]) => nodesAt(stateOf(facts), 50, false)[0]!.status;
  const pause = { type: 'fault.struck', kind: 'pause', place: 'stock' };
  const crash = { type: 'node.crashed', because: 'input' };
  expect(status([pause])).toBe('paused');
  expect(status([pause, { ...pause, kind: 'resume' }])).toBe('idle');
  expect(status([pause, crash])).toBe('crashed');
  expect(status([pause, crash, { type: 'node.restarted', file: 'stock.ts', incarnation: 2 }])).toBe('idle');
});
