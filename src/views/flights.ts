import type { WorldEntry, WorldFact } from '../brokers/facts.ts';
import type { Projection } from '../kernel/projection.ts';
import { upTo } from './cursor.ts';

/** One message on its way between two nodes. Times are virtual ms; `seq` is the entry that a click on it selects. */
export interface Flight {
  readonly kind: 'publish' | 'deliver' | 'call';
  readonly id: string;
  /** What it is called on the picture: the first id in its data (`orderId: 'ORD-4'`), else its own; a call's method. */
  readonly label: string;
  /** Who published the event, or who calls. */
  readonly source: string;
  readonly from: string;
  readonly to: string;
  readonly sent: number;
  readonly seq: number;
  /** When it arrived or was lost; absent while nobody knows. A call arrives when its answer is back. */
  received?: number;
  /** When the journal said so: a delivery is recorded when its handler begins, which may be long after it arrived. */
  told?: number;
  readonly attempt: number;
  /** `again`: a redelivery; `copy`: the same event once more though nothing asked for it; `lost`: a fault took it. */
  readonly fate: Fate;
}

export type Fate = 'first' | 'again' | 'copy' | 'lost';

export interface FlightsState {
  /** Those that have ended, in the order of `told`. */
  readonly landed: Flight[];
  /** Those that have not: publications not routed yet and calls not answered yet. */
  readonly open: Map<string, Flight>;
  /** The longest time from `sent` to `told` so far, virtual ms: it bounds the search for what is in the air. */
  longest: number;
  readonly births: Map<string, Flight>;
  readonly routed: Map<string, number>;
  readonly seen: Set<string>;
}

/** Who stands behind a subscription's name (`node:pattern`). */
export const subscriber = (subscription: string): string => subscription.slice(0, subscription.indexOf(':'));

/** Every message of a run with the moments when it left and arrived: what moves on the topology and slants on the tape. */
export const flights: Projection<FlightsState, WorldFact> = {
  initial: () => ({
    landed: [],
    open: new Map(),
    longest: 0,
    births: new Map(),
    routed: new Map(),
    seen: new Set(),
  }),
  evolve(state, entry) {
    switch (entry.type) {
      case 'bus.published': {
        const flight = leaving(entry, 'publish', entry.id, labelOf(entry.data) ?? entry.id, 'bus');
        state.births.set(entry.id, flight);
        state.open.set(entry.id, flight);
        break;
      }
      case 'bus.routed':
        state.routed.set(entry.id, entry.time);
        land(state, entry.id, entry);
        break;
      case 'bus.delivered': {
        const way = `${entry.id} ${entry.subscription}`;
        const fate = entry.redelivered ? 'again' : state.seen.has(way) ? 'copy' : 'first';
        state.seen.add(way);
        arrived(state, {
          ...toSubscriber(state, entry.id, entry.subscription, entry.seq),
          to: entry.node,
          sent: entry.sent,
          received: entry.arrived,
          told: entry.time,
          attempt: entry.attempt,
          fate,
        });
        break;
      }
      case 'bus.settled':
        if (entry.outcome === 'lost')
          arrived(state, {
            ...toSubscriber(state, entry.id, entry.subscription, entry.seq),
            sent: state.routed.get(entry.id) ?? entry.time,
            received: entry.time,
            told: entry.time,
            attempt: 1,
            fate: 'lost',
          });
        break;
      case 'call.sent':
        state.open.set(entry.id, leaving(entry, 'call', entry.id, entry.method, entry.to));
        break;
      case 'call.answered':
      case 'call.failed':
        land(state, entry.id, entry);
    }
  },
};

function leaving({ node, time, seq }: WorldEntry, kind: Flight['kind'], id: string, label: string, to: string): Flight {
  return { kind, id, label, source: node, from: node, to, sent: time, seq, attempt: 1, fate: 'first' };
}

/** Longer ids are no names. */
const longestName = 12;

/** The first thing in an event's data that is called an id and is short enough to be read in passing. */
function labelOf(data: unknown): string | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const [, id] = Object.entries(data).find(([name]) => /^(?!event).*id$/i.test(name)) ?? [];
  const name = typeof id === 'string' || typeof id === 'number' ? String(id) : '';
  return name !== '' && name.length <= longestName ? name : undefined;
}

function toSubscriber(state: FlightsState, id: string, subscription: string, seq: number) {
  const { label, source } = state.births.get(id) ?? { label: id, source: 'bus' };
  return { kind: 'deliver', id, label, source, from: 'bus', to: subscriber(subscription), seq } as const;
}

function land(state: FlightsState, key: string, entry: WorldEntry): void {
  const flight = state.open.get(key);
  if (!flight) return;
  state.open.delete(key);
  flight.received = flight.told = entry.time;
  arrived(state, flight);
}

function arrived(state: FlightsState, flight: Flight): void {
  state.landed.push(flight);
  state.longest = Math.max(state.longest, flight.told! - flight.sent);
}

/** How long the place of a lost message stays marked, virtual ms. */
const lostStays = 600;
/** Half of the way of a message of which nobody knows yet when it arrives, virtual ms. */
const halfWay = 100;

/** A flight with the part of its way (0 to 1) that it has behind it. */
export interface Airborne {
  readonly flight: Flight;
  readonly part: number;
}

/** What is in the air at a moment (virtual ms) of a run whose flights are all in `state`. */
export function inTheAir(state: FlightsState, time: number): Airborne[] {
  const found: Airborne[] = [];
  const first = upTo(state.landed, time - lostStays, (flight) => flight.told!);
  const horizon = time + state.longest;
  for (let i = first; i < state.landed.length; i++) {
    const flight = state.landed[i]!;
    const { sent, received = 0, told = 0 } = flight;
    if (told > horizon) break;
    if (flight.fate === 'lost') {
      if (sent <= time && time < received + lostStays) found.push({ flight, part: 0.5 });
    } else if (sent <= time && time < received) found.push({ flight, part: (time - sent) / (received - sent) });
  }
  for (const flight of state.open.values()) {
    const way = time - flight.sent;
    if (way >= 0) found.push({ flight, part: way / (way + halfWay) });
  }
  return found;
}
