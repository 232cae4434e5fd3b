import { expect, test } from 'vitest';
import { bus } from '../brokers/bus/state.ts';
import type { WorldEntry } from '../brokers/facts.ts';
import { project } from '../kernel/projection.ts';
import { endAt } from './cursor.ts';
import { flights, inTheAir } from './flights.ts';
import { whereabouts } from './whereabouts.ts';

const facts = [
  { time: 0, node: 'mail', type: 'bus.subscribed', subscription: 'mail:#', pattern: '#', concurrency: 1 },
  { time: 0, node: 'pay', type: 'bus.subscribed', subscription: 'pay:#', pattern: '#', concurrency: 1 },
  { time: 10, node: 'orders', type: 'bus.published', id: 'e-1', event: 'order.created', data: {} },
  { time: 20, node: 'bus', type: 'bus.routed', id: 'e-1', to: ['mail:#', 'pay:#'] },
  ...[
    { time: 30, node: 'pay', subscription: 'pay:#', arrived: 30 },
    { time: 90, node: 'mail', subscription: 'mail:#', arrived: 50 },
  ].map((delivery) => ({ ...delivery, type: 'bus.delivered', id: 'e-1', attempt: 1, redelivered: false, sent: 20 })),
];
const entries = facts.map((fact, seq) => ({ seq, ...fact })) as WorldEntry[];
const at = (time: number) =>
  whereabouts(
    'e-1',
    inTheAir(project(flights, entries), time),
    project(bus, entries as never, endAt(entries, time)),
  ).map(({ kind, place }) => `${kind} ${place}`);

test('an event is on its way to the bus, then to each subscriber, then in line, then in hand', () => {
  expect(at(5)).toEqual([]);
  expect(at(15)).toEqual(['publish orders>bus']);
  expect(at(25)).toEqual(['deliver bus>pay', 'deliver bus>mail']);
  expect(at(40)).toEqual(['deliver bus>mail']);
  expect(at(60)).toEqual(['waiting mail:#']);
  expect(at(95)).toEqual([]);
});
