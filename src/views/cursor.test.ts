import { expect, test } from 'vitest';
import { project } from '../kernel/projection.ts';
import { Cursor, endAt } from './cursor.ts';
import { orderRun } from './fixture.ts';
import { nodesAt, topology } from './topology.ts';

const entries = orderRun(40);

test('anywhere it stands, it stands where a fold from the beginning would', () => {
  const cursor = new Cursor(topology);
  for (const end of [0, 5, entries.length, 17, 18, 3]) {
    const there = cursor.seek(entries, end);
    expect(nodesAt(there, 1e6, false)).toEqual(nodesAt(project(topology, entries, end), 1e6, false));
  }
});

test('it follows a journal that grows', () => {
  const cursor = new Cursor(topology);
  const growing = entries.slice(0, 10);
  cursor.seek(growing);
  growing.push(...entries.slice(10));
  expect(cursor.seek(growing)).toEqual(project(topology, entries));
});

test('beyond the journal there is nothing to stand on', () => {
  expect(() => new Cursor(topology).seek(entries, entries.length + 1)).toThrow(RangeError);
});

test('the place at a time counts all entries of that instant', () => {
  const { time } = entries[20]!;
  const end = endAt(entries, time);
  expect(entries[end - 1]!.time).toBe(time);
  expect(entries[end]!.time).toBeGreaterThan(time);
  expect(endAt(entries, -1)).toBe(0);
});
