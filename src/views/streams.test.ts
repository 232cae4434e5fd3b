import { expect, test } from 'vitest';
import { storeOf } from '../brokers/eventstore/state.ts';
import type { StoredEvent } from '../kernel/stored.ts';
import { snapshotAt, streamsOf } from './streams.ts';

const events = (...written: readonly [stream: string, revision: number, type: string, data?: unknown][]) =>
  written.map(([stream, revision, type, data = {}], position): StoredEvent => ({
    id: `e${position}`,
    stream,
    revision,
    position,
    type,
    data,
    created: '2026-01-01T00:00:00.000Z',
  }));

test('a stream says its category, its last revision and how much of it is new', () => {
  const stored = events(
    ['account-A', 0, 'money.deposited'],
    ['account-B', 0, 'money.deposited'],
    ['account-A', 1, 'money.withdrawn'],
  );
  expect(streamsOf(storeOf(stored), 2)).toMatchObject([
    { name: 'account-A', category: 'account', system: false, appended: 1, last: 1 },
    { name: 'account-B', category: 'account', system: false, appended: 0, last: 0 },
  ]);
});

test('a deleted stream and one that has ended say so, and the streams of the store are its own', () => {
  const stored = events(
    ['a-1', 0, 'made'],
    ['$$a-1', 0, '$metadata', { $tb: Number.MAX_SAFE_INTEGER }],
    ['a-2', Number.MAX_SAFE_INTEGER, '$streamDeleted'],
  );
  const [soft, metadata, tombstoned] = streamsOf(storeOf(stored), 0);
  expect(soft).toMatchObject({ end: 'deleted', last: 0 });
  expect(metadata).toMatchObject({ system: true });
  expect(tombstoned).toMatchObject({ end: 'ended', last: undefined });
});

test('the snapshot that serves a revision is the latest that holds nothing after it', () => {
  const state = storeOf(
    events(
      ['$snapshot-a', 0, '$snapshot', { revision: 2, state: 'early' }],
      ['$snapshot-a', 1, '$snapshot', { revision: 5, state: 'late' }],
    ),
  );
  expect(snapshotAt(state, 'a', 1)).toBeUndefined();
  expect(snapshotAt(state, 'a', 4)?.state).toBe('early');
  expect(snapshotAt(state, 'a', 5)?.state).toBe('late');
  expect(snapshotAt(state, 'b', 5)).toBeUndefined();
});
