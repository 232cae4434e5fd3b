import { bus, type BusState } from '../brokers/bus/state.ts';
import type { WorldFact } from '../brokers/facts.ts';
import type { Projection } from '../kernel/projection.ts';
import type { Airborne } from './flights.ts';

interface Counts {
  delivered: number;
  failed: number;
  lost: number;
}

export interface QueuesState {
  readonly bus: BusState;
  readonly counts: Map<string, Counts>;
  /** Deliveries that a node has taken, `id subscription`, and whether its handler has finished. */
  readonly taken: Map<string, { readonly node: string; readonly handled: boolean }>;
  /** When an event came to the bus: virtual ms. */
  readonly routed: Map<string, number>;
}

/** What each subscription of the bus holds and has been through. */
export const queues: Projection<QueuesState, WorldFact> = {
  initial: () => ({ bus: bus.initial(), counts: new Map(), taken: new Map(), routed: new Map() }),
  evolve(state, entry) {
    switch (entry.type) {
      case 'bus.routed':
        state.routed.set(entry.id, entry.time);
        break;
      case 'bus.delivered':
        countsOf(state, entry.subscription).delivered++;
        state.taken.set(`${entry.id} ${entry.subscription}`, { node: entry.node, handled: false });
        break;
      case 'bus.handled':
        state.taken.set(`${entry.id} ${entry.subscription}`, { node: entry.node, handled: true });
        break;
      case 'bus.settled':
        state.taken.delete(`${entry.id} ${entry.subscription}`);
        if (entry.outcome !== 'acked') countsOf(state, entry.subscription)[entry.outcome]++;
        break;
      case 'node.crashed':
        for (const [delivery, { node }] of state.taken) if (node === entry.node) state.taken.delete(delivery);
        return;
      case 'bus.published':
      case 'bus.subscribed':
      case 'bus.unsubscribed':
        break;
      default:
        return;
    }
    bus.evolve(state.bus, entry);
  },
};

function countsOf({ counts }: QueuesState, subscription: string): Counts {
  let found = counts.get(subscription);
  if (!found) counts.set(subscription, (found = { delivered: 0, failed: 0, lost: 0 }));
  return found;
}

/** `waiting`: nobody has it yet; `settling`: it was handled, and the bus does not know so yet. */
export type Stage = 'flying' | 'waiting' | 'handling' | 'settling';

/** An event that a subscription has not settled. */
export interface Unsettled {
  readonly id: string;
  readonly type: string;
  readonly seq: number;
  readonly stage: Stage;
  readonly attempts: number;
  /** Since it came to the bus: virtual ms. */
  readonly age: number;
}

/** One subscription as a queue, at a moment. */
export interface BusQueue extends Readonly<Counts> {
  readonly subscription: string;
  readonly pattern: string;
  readonly node: string;
  readonly unsettled: readonly Unsettled[];
  readonly stages: Readonly<Record<Stage, number>>;
  /** The age of the oldest unsettled event, virtual ms; 0 when there is none. */
  readonly oldest: number;
}

/** `handled` is undefined for what nobody has taken. What comes once more is flying, though it was handled before. */
function stageOf(handled: boolean | undefined, flying: boolean): Stage {
  if (handled === false) return 'handling';
  if (flying) return 'flying';
  return handled ? 'settling' : 'waiting';
}

/** The subscriptions of the bus at `time` (virtual ms), in the order in which they were made. */
export function busQueues(state: QueuesState, air: readonly Airborne[], time: number): BusQueue[] {
  const flying = new Set(air.flatMap(({ flight: { kind, id, to } }) => (kind === 'deliver' ? [`${id} ${to}`] : [])));
  return [...state.bus.subscriptions.values()].map(({ id: subscription, pattern, node, unsettled: open }) => {
    const stages = { flying: 0, waiting: 0, handling: 0, settling: 0 };
    const unsettled = [...open].map(([id, attempts]) => {
      const stage = stageOf(state.taken.get(`${id} ${subscription}`)?.handled, flying.has(`${id} ${node}`));
      stages[stage]++;
      const { type, seq } = state.bus.events.get(id)!;
      return { id, type, seq, stage, attempts, age: time - state.routed.get(id)! };
    });
    const counts = state.counts.get(subscription) ?? { delivered: 0, failed: 0, lost: 0 };
    return { subscription, pattern, node, unsettled, stages, oldest: unsettled[0]?.age ?? 0, ...counts };
  });
}
