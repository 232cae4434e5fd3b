import { expect, test } from 'vitest';
import type { WorldEntry } from '../brokers/facts.ts';
import { project } from '../kernel/projection.ts';
import { lines } from './console.ts';
import { ledger } from './effects.ts';
import { orderRun } from './fixture.ts';
import { detail, filter, weight } from './journal.ts';
import { storeFrom } from './store.ts';
import { summary } from './summary.ts';

const entries = orderRun(20);

test('the console has what was logged and every error that a handler threw', () => {
  const logged: WorldEntry = { seq: 0, time: 1, node: 'a', type: 'console.logged', level: 'warn', text: 'low' };
  expect(project(lines, [logged])).toMatchObject([{ level: 'warn', text: 'low' }]);
  expect(project(lines, entries).map((line) => line.text)).toEqual(Array(4).fill('Error: card declined'));
});

test('the ledger counts what was done again', () => {
  const { lines } = project(ledger, entries);
  expect(lines.filter(({ nth }) => nth === 2).map(({ effect }) => effect.key)).toEqual([
    'ORD-4',
    'ORD-8',
    'ORD-12',
    'ORD-16',
    'ORD-20',
  ]);
});

test('the store goes on from what it held', () => {
  const kept = { id: 'k', stream: 'order-1', revision: 0, position: 0, type: 'kept', data: 1, created: '' };
  const { state } = project(storeFrom([kept]), entries);
  expect(state.streams.get('order-1')!.map((event) => event.type)).toEqual(['kept', 'order.created']);
  expect(state.all).toHaveLength(21);
});

test('the summary counts', () => {
  expect(project(summary, entries)).toMatchObject({ published: 20, repeated: 5, failures: 4, faults: 5, effects: 61 });
});

test('every entry has a detail, and the filter finds by it', () => {
  expect(entries.every((entry) => detail(entry).length > 0)).toBe(true);
  const found = filter(entries, 'DUPLICATE bus');
  expect(found).toHaveLength(5);
  expect(found.every((entry) => weight(entry) === 'fault')).toBe(true);
  expect(filter(entries, '  ')).toBe(entries);
});
