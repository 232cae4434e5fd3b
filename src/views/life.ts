import type { WorldEntry } from '../brokers/facts.ts';
import type { Outcome } from '../brokers/bus/state.ts';
import type { Failure, Place } from '../kernel/facts.ts';
import { subscriber } from './flights.ts';

/** One delivery and what the handler made of it. Times are virtual ms. */
export interface Attempt {
  readonly attempt: number;
  readonly sent: number;
  readonly arrived: number;
  /** When its handler began. */
  readonly delivered: number;
  readonly redelivered: boolean;
  readonly seq: number;
  readonly handled?: number;
  readonly error?: Failure;
}

/** All that happened to an event for one subscription. `outcome` is absent until the bus has settled it. */
export interface Way {
  readonly subscription: string;
  readonly node: string;
  readonly attempts: readonly Attempt[];
  readonly outcome?: Outcome;
  readonly settled?: number;
}

/** The life of one event: published → routed → delivered → handled → settled. */
export interface Life {
  readonly id: string;
  readonly event: string;
  readonly data: unknown;
  readonly source: string;
  readonly published: number;
  readonly at?: Place;
  readonly routed?: number;
  readonly ways: readonly Way[];
  /** What was done to it by faults. */
  readonly faults: readonly WorldEntry[];
  /** What was done because of it: the next events, effects, appends, calls. */
  readonly children: readonly WorldEntry[];
}

/** The event that an entry is about, if it is about one. */
export function eventOf(entry: WorldEntry): string | undefined {
  switch (entry.type) {
    case 'bus.published':
    case 'bus.routed':
    case 'bus.delivered':
    case 'bus.handled':
    case 'bus.settled':
    case 'fault.struck':
      return entry.id;
    default:
      return undefined;
  }
}

/** Entries that do something to the world and therefore count as children of what caused them. */
const deeds: ReadonlySet<WorldEntry['type']> = new Set([
  'bus.published',
  'store.appended',
  'store.rejected',
  'world.effected',
  'call.sent',
  'node.failed',
]);

/** The life of event `id` as far as the first `end` entries tell it; undefined where it was not published in them. */
export function lifeOf(entries: readonly WorldEntry[], id: string, end = entries.length): Life | undefined {
  let birth: Extract<WorldEntry, { type: 'bus.published' }> | undefined;
  let routed: number | undefined;
  const ways = new Map<string, { -readonly [K in keyof Way]: Way[K] } & { attempts: Attempt[] }>();
  const faults: WorldEntry[] = [];
  const children: WorldEntry[] = [];
  const own = new Set<number>();
  for (let i = 0; i < end; i++) {
    const entry = entries[i]!;
    if (eventOf(entry) !== id) {
      if (entry.cause !== undefined && own.has(entry.cause)) {
        if (deeds.has(entry.type)) children.push(entry);
        else own.add(entry.seq);
      }
      continue;
    }
    own.add(entry.seq);
    switch (entry.type) {
      case 'bus.published':
        birth = entry;
        break;
      case 'bus.routed':
        routed = entry.time;
        for (const to of entry.to) wayTo(to);
        break;
      case 'bus.delivered': {
        const { attempt, sent, arrived, redelivered, seq } = entry;
        wayTo(entry.subscription).attempts.push({ attempt, sent, arrived, delivered: entry.time, redelivered, seq });
        break;
      }
      case 'bus.handled': {
        const { attempts } = wayTo(entry.subscription);
        const last = attempts.findLastIndex((one) => one.attempt === entry.attempt);
        if (last >= 0)
          attempts[last] = { ...attempts[last]!, handled: entry.time, ...(entry.error && { error: entry.error }) };
        break;
      }
      case 'bus.settled': {
        const way = wayTo(entry.subscription);
        way.outcome = entry.outcome;
        way.settled = entry.time;
        break;
      }
      case 'fault.struck':
        faults.push(entry);
    }
  }
  if (!birth) return undefined;
  return {
    id,
    event: birth.event,
    data: birth.data,
    source: birth.node,
    published: birth.time,
    ...(birth.at && { at: birth.at }),
    ...(routed !== undefined && { routed }),
    ways: [...ways.values()],
    faults,
    children,
  };

  function wayTo(subscription: string) {
    let way = ways.get(subscription);
    if (!way) ways.set(subscription, (way = { subscription, node: subscriber(subscription), attempts: [] }));
    return way;
  }
}

/** The entries that led to this one, nearest first. */
export function causes(entries: readonly WorldEntry[], entry: WorldEntry): WorldEntry[] {
  const chain: WorldEntry[] = [];
  for (let { cause } = entry; cause !== undefined; cause = chain.at(-1)!.cause) {
    const before = entries[cause];
    if (!before || before.seq >= (chain.at(-1) ?? entry).seq) break;
    chain.push(before);
  }
  return chain;
}

/** The line of the learner's code that made an entry: its own, or that of its nearest cause. */
export function placeOf(entries: readonly WorldEntry[], entry: WorldEntry): Place | undefined {
  for (const one of [entry, ...causes(entries, entry)]) {
    if ('at' in one && one.at) return one.at;
    if ('error' in one && one.error?.at) return one.error.at;
  }
  return undefined;
}
