import { EventStoreServer } from '../../src/brokers/eventstore/server.ts';
import type { StoredEvent } from '../../src/kernel/stored.ts';
import { worldOf } from '../../src/kernel/world.testing.ts';

/** An account of so many deposits, and a snapshot of it a thousand before the end. */
const deposits = 100_000;
const tail = 1_000;

export const stream = 'account-1';
export const deposit = (balance: number, { data }: StoredEvent): number =>
  balance + (data as { amount: number }).amount;

/** A store that holds the account and its snapshot. */
export function accountStore(): EventStoreServer {
  const stored = (at: number, of: string, revision: number, type: string, data: unknown): StoredEvent => ({
    id: `event-${at}`,
    stream: of,
    revision,
    position: at,
    type,
    data,
    created: '2026-01-01T00:00:00.000Z',
  });
  const events = Array.from({ length: deposits }, (_, at) =>
    stored(at, stream, at, 'money.deposited', { amount: at % 7 }),
  );
  const revision = deposits - tail - 1;
  const state = events.slice(0, revision + 1).reduce(deposit, 0);
  const snapshot = stored(deposits, `$snapshot-${stream}`, 0, '$snapshot', { revision, state });
  return new EventStoreServer(worldOf<never>({}) as never, (_, done) => done(), [...events, snapshot]);
}
