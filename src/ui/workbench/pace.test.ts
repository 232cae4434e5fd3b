import { expect, test } from 'vitest';
import type { WorldEntry } from '../../brokers/facts.ts';
import { project } from '../../kernel/projection.ts';
import { flights } from '../../views/flights.ts';
import { pace } from './pace.ts';

const quick: WorldEntry[] = [
  { seq: 0, time: 100, node: 'orders', type: 'bus.published', id: 'e1', event: 'made', data: {} },
  { seq: 1, time: 106, node: 'bus', type: 'bus.routed', id: 'e1', to: [] },
];

test('a message of six virtual ms is slowed down until it has arrived', () => {
  expect(pace(project(flights, quick), 100, 106)).toEqual({ name: 'close', rate: 0.01, until: 106 });
});

test('silence is hurried through, and left in time for the eye', () => {
  expect(pace(project(flights, []), 0, 10_000)).toEqual({ name: 'hurried', rate: 10, until: 9_250 });
});

test('between two things that happen soon after each other time goes evenly, and not beyond the next one', () => {
  expect(pace(project(flights, []), 0, 300)).toEqual({ name: 'even', rate: 1, until: 300 });
  expect(pace(project(flights, []), 300, undefined)).toMatchObject({ name: 'even', rate: 1 });
});
