import { expect, test } from 'vitest';
import type { WorldEntry } from '../brokers/facts.ts';
import { project } from '../kernel/projection.ts';
import { flights, inTheAir } from './flights.ts';

const published: WorldEntry = {
  seq: 0,
  time: 100,
  node: 'orders',
  type: 'bus.published',
  id: 'e1',
  event: 'made',
  data: {},
};
const routed: WorldEntry = { seq: 1, time: 140, node: 'bus', type: 'bus.routed', id: 'e1', to: ['stock:made'] };
const delivery = { node: 'stock', type: 'bus.delivered', id: 'e1', subscription: 'stock:made' } as const;
const first: WorldEntry = { ...delivery, seq: 2, time: 240, attempt: 1, redelivered: false, sent: 140, arrived: 240 };
const copy: WorldEntry = { ...delivery, seq: 3, time: 260, attempt: 2, redelivered: false, sent: 160, arrived: 260 };
const again: WorldEntry = { ...delivery, seq: 4, time: 400, attempt: 3, redelivered: true, sent: 300, arrived: 400 };

const air = (entries: WorldEntry[], time: number) =>
  inTheAir(project(flights, entries), time).map(({ flight, part }) => [flight.from, flight.to, flight.fate, part]);

test('a message stands where its share of the way is', () => {
  expect(air([published, routed], 110)).toEqual([['orders', 'bus', 'first', 0.25]]);
  expect(air([published, routed], 140)).toEqual([]);
  expect(air([published, routed, first], 165)).toEqual([['bus', 'stock', 'first', 0.25]]);
});

test('an event that comes twice flies as a copy, a redelivery as one', () => {
  const all = [published, routed, first, copy, again];
  expect(air(all, 190)).toEqual([
    ['bus', 'stock', 'first', 0.5],
    ['bus', 'stock', 'copy', 0.3],
  ]);
  expect(air(all, 350)).toEqual([['bus', 'stock', 'again', 0.5]]);
});

test('what nobody has received yet goes on, ever slower', () => {
  const [early, late] = [air([published], 150)[0]![3], air([published], 1000)[0]![3]] as [number, number];
  expect(early).toBeGreaterThan(0);
  expect(late).toBeGreaterThan(early);
  expect(late).toBeLessThan(1);
});

test('a lost message stays half-way for a moment, then is gone', () => {
  const lost: WorldEntry = {
    seq: 2,
    time: 150,
    node: 'bus',
    type: 'bus.settled',
    id: 'e1',
    subscription: 'stock:made',
    outcome: 'lost',
  };
  expect(air([published, routed, lost], 145)).toEqual([['bus', 'stock', 'lost', 0.5]]);
  expect(air([published, routed, lost], 700)).toEqual([['bus', 'stock', 'lost', 0.5]]);
  expect(air([published, routed, lost], 800)).toEqual([]);
});

test('a call is in the air until its answer is back', () => {
  const sent: WorldEntry = {
    seq: 0,
    time: 0,
    node: 'a',
    type: 'call.sent',
    id: 'c1',
    to: 'b',
    method: 'ask',
    args: [],
  };
  const answered: WorldEntry = { seq: 1, time: 80, node: 'a', type: 'call.answered', id: 'c1' };
  expect(air([sent, answered], 40)).toEqual([['a', 'b', 'first', 0.5]]);
  expect(air([sent, answered], 80)).toEqual([]);
});

test('a message is called by the id that its data has first', () => {
  const labels = [{ eventId: 'x', orderId: 'ORD-4' }, { orderId: 'dadda329-bcf5-4cab' }, null].map(
    (data) => inTheAir(project(flights, [{ ...published, data }]), 110)[0]!.flight.label,
  );
  expect(labels).toEqual(['ORD-4', 'e1', 'e1']);
});

test('a message that waits for a busy handler is not in the air', () => {
  const waited: WorldEntry = {
    ...delivery,
    seq: 2,
    time: 900,
    attempt: 1,
    redelivered: false,
    sent: 140,
    arrived: 240,
  };
  expect(air([published, routed, waited], 190)).toEqual([['bus', 'stock', 'first', 0.5]]);
  expect(air([published, routed, waited], 500)).toEqual([]);
});
