import { Dexie } from 'dexie';
import { openDB } from 'idb';
import type { StoredEvent } from '../../src/kernel/stored.ts';
import { Database } from '../../src/store/database.ts';
import { EventKeeper } from '../../src/store/events.ts';
import { beginning } from '../../src/store/head.ts';
import type { Durability, Rows } from '../../src/store/rows.ts';

export type { Durability };
export type Contest =
  | {
      readonly kind: 'append';
      readonly rival: keyof typeof rivals;
      readonly durability: Durability;
      readonly runs: number;
    }
  | { readonly kind: 'replay'; readonly count: number; readonly runs: number };

/** One way to keep events, on a database of its own. */
interface Contender {
  append(events: readonly StoredEvent[]): Promise<unknown>;
  load(): Promise<{ readonly length: number }>;
  close(): void | Promise<void>;
}

const batch = 1000;

/** Ours. Its durability is not for sale, so the wish is granted below it. */
function keeper(durability: Durability): Promise<Contender> {
  const database = new Database('ours');
  const rows: Rows = {
    read: (tables, work) => database.read(tables, work),
    write: (tables, _, work) => database.write(tables, durability, work),
  };
  const keeper = new EventKeeper(rows);
  let head = beginning;
  return Promise.resolve({
    append: async (events) => (head = await keeper.append('w', head, events)),
    load: async () => (await keeper.load('w')).events,
    close: () => database.close(),
  });
}

const rivals = {
  async dexie(durability: Durability): Promise<Contender> {
    const db = new Dexie('dexie', { chromeTransactionDurability: durability });
    db.version(1).stores({ events: 'position' });
    await db.open();
    const events = db.table<StoredEvent>('events');
    return { append: (batch) => events.bulkAdd(batch), load: () => events.toArray(), close: () => db.close() };
  },

  async rows(durability: Durability): Promise<Contender> {
    const db = await openDB('rows', 1, {
      upgrade: (db) => void db.createObjectStore('events', { keyPath: 'position' }),
    });
    return {
      async append(events) {
        const tx = db.transaction('events', 'readwrite', { durability });
        for (const event of events) void tx.store.add(event);
        await tx.done;
      },
      // In ranges: one getAll of a million rows takes half as long again.
      async load() {
        const events: unknown[] = [];
        const page = 10_000;
        for (let found = page; found === page;) {
          const part: unknown[] = await db.getAll('events', IDBKeyRange.lowerBound(events.length), page);
          for (const event of part) events.push(event);
          found = part.length;
        }
        return events;
      },
      close: () => db.close(),
    };
  },

  async chunks(durability: Durability): Promise<Contender> {
    const opening = indexedDB.open('chunks', 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore('chunks', { keyPath: 'first' });
    await new Promise((resolve, reject) => {
      opening.onsuccess = resolve;
      opening.onerror = reject;
    });
    const db = opening.result;
    return {
      append: (events) =>
        new Promise((resolve, reject) => {
          const tx = db.transaction('chunks', 'readwrite', { durability });
          tx.oncomplete = resolve;
          tx.onabort = reject;
          for (let i = 0; i < events.length; i += 256) {
            const part = events.slice(i, i + 256);
            tx.objectStore('chunks').add({
              first: part[0]!.position,
              count: part.length,
              events: JSON.stringify(part),
            });
          }
        }),
      load: () => Promise.reject(new Error('Only its appends are measured')),
      close: () => db.close(),
    };
  },
};

/** About 265 bytes as JSON, as an event of a shop has. */
const eventsFrom = (first: number, count: number): StoredEvent[] =>
  Array.from({ length: count }, (_, i) => ({
    id: `0190b1c2-7d3e-7000-8000-${String(first + i).padStart(12, '0')}`,
    stream: `order-${(first + i) % 1000}`,
    revision: Math.floor((first + i) / 1000),
    position: first + i,
    type: 'order.created',
    data: { orderId: `order-${(first + i) % 1000}`, amount: 1290 + i, currency: 'RUB', items: ['чай', 'сахар'] },
    created: '2026-01-01T00:00:00.000Z',
  }));

/** Events/s of `act`, which handles `count` of them. */
async function rate(count: number, act: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await act();
  return (count / (performance.now() - start)) * 1000;
}

const median = (rates: number[]) => rates.sort((a, b) => a - b)[rates.length >> 1]!;

/** Both sides in turns, batch by batch or load by load, so that whatever else the machine does meets both. Medians. */
async function hold(contest: Contest): Promise<{ ours: number; baseline: number }> {
  const rates = { ours: [] as number[], baseline: [] as number[] };
  const sides = {
    ours: await keeper(contest.kind === 'append' ? contest.durability : 'relaxed'),
    baseline:
      contest.kind === 'append' ? await rivals[contest.rival](contest.durability) : await rivals.rows('relaxed'),
  };
  const turn = async (count: number, act: (side: Contender) => Promise<unknown>, isMeasured = true) => {
    for (const side of ['ours', 'baseline'] as const) {
      const measured = await rate(count, () => act(sides[side]));
      if (isMeasured) rates[side].push(measured);
    }
  };
  if (contest.kind === 'append') {
    // The first transactions pay for the files of the database.
    for (let i = -5; i < contest.runs; i++) {
      const events = eventsFrom((i + 5) * batch, batch);
      await turn(batch, (side) => side.append(events), i >= 0);
    }
  } else {
    const { count, runs } = contest;
    for (let first = 0; first < count; first += 10 * batch) {
      const events = eventsFrom(first, 10 * batch);
      await turn(0, (side) => side.append(events), false);
    }
    for (let i = 0; i < runs; i++)
      await turn(count, async (side) => {
        const { length } = await side.load();
        if (length !== count) throw new Error(`${length} of ${count} events came back`);
      });
  }
  for (const side of Object.values(sides)) await side.close();
  return { ours: median(rates.ours), baseline: median(rates.baseline) };
}

declare global {
  function hold(contest: Contest): Promise<{ ours: number; baseline: number }>;
}
globalThis.hold = hold;
