import { expect, test } from 'vitest';
import type { WorldEntry } from '../brokers/facts.ts';
import { project } from '../kernel/projection.ts';
import { endAt } from './cursor.ts';
import { orderRun } from './fixture.ts';
import { flights, inTheAir } from './flights.ts';
import { busQueues, queues } from './queues.ts';

const at = (entries: readonly WorldEntry[], time: number) =>
  busQueues(project(queues, entries, endAt(entries, time)), inTheAir(project(flights, entries), time), time);

const journal = (facts: readonly object[]) => facts.map((fact, seq) => ({ seq, node: 'mail', ...fact }) as WorldEntry);
const subscription = 'mail:order.*';
const begin = [
  { time: 0, type: 'bus.subscribed', subscription, pattern: 'order.*', concurrency: 1 },
  { time: 10, node: 'orders', type: 'bus.published', id: 'e-1', event: 'order.created', data: {} },
  { time: 20, node: 'bus', type: 'bus.routed', id: 'e-1', to: [subscription] },
];
const delivered = {
  type: 'bus.delivered',
  id: 'e-1',
  subscription,
  attempt: 1,
  redelivered: false,
  sent: 20,
  arrived: 30,
};

test('an event is flying, waiting, handled and settled, and the queue is empty again', () => {
  const entries = journal([
    ...begin,
    { time: 50, ...delivered },
    { time: 80, type: 'bus.handled', id: 'e-1', subscription, attempt: 1 },
    { time: 90, node: 'bus', type: 'bus.settled', id: 'e-1', subscription, outcome: 'acked' },
  ]);
  const stage = (time: number) => at(entries, time)[0]!.unsettled.map((event) => [event.stage, event.age]);
  expect(stage(15)).toEqual([]);
  expect(stage(25)).toEqual([['flying', 5]]);
  expect(stage(40)).toEqual([['waiting', 20]]);
  expect(stage(60)).toEqual([['handling', 40]]);
  expect(stage(85)).toEqual([['settling', 65]]);
  expect(at(entries, 95)).toEqual([
    {
      subscription,
      pattern: 'order.*',
      node: 'mail',
      unsettled: [],
      stages: { flying: 0, waiting: 0, handling: 0, settling: 0 },
      oldest: 0,
      delivered: 1,
      failed: 0,
      lost: 0,
    },
  ]);
});

test('a crash takes the event out of the handler’s hands; what is lost or failed is counted', () => {
  const crashed = journal([...begin, { time: 50, ...delivered }, { time: 60, type: 'node.crashed', because: 'fault' }]);
  expect(at(crashed, 70)[0]).toMatchObject({ oldest: 50, stages: { handling: 0, waiting: 1 } });
  const settled = (outcome: string) => ({
    time: 60,
    node: 'bus',
    type: 'bus.settled',
    id: 'e-1',
    subscription,
    outcome,
  });
  expect(at(journal([...begin, settled('lost')]), 70)[0]).toMatchObject({ lost: 1, failed: 0, unsettled: [] });
  expect(at(journal([...begin, settled('failed')]), 70)[0]).toMatchObject({ lost: 0, failed: 1, unsettled: [] });
});

test('at any moment the stages of a queue add up to what is unsettled', () => {
  const entries = orderRun(20);
  for (let time = 0; time < 13_000; time += 130)
    for (const { stages, unsettled } of at(entries, time))
      expect(stages.flying + stages.waiting + stages.handling + stages.settling).toBe(unsettled.length);
});
