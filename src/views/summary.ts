import type { WorldFact } from '../brokers/facts.ts';
import type { Projection } from '../kernel/projection.ts';

/** A run in numbers: what a sentence about it is made of. */
export interface Summary {
  published: number;
  delivered: number;
  /** Deliveries beyond the first of an event to a subscription. */
  repeated: number;
  failures: number;
  faults: number;
  effects: number;
  appended: number;
  readonly down: Set<string>;
}

export const summary: Projection<Summary & { readonly seen: Set<string> }, WorldFact> = {
  initial: () => ({
    published: 0,
    delivered: 0,
    repeated: 0,
    failures: 0,
    faults: 0,
    effects: 0,
    appended: 0,
    down: new Set(),
    seen: new Set(),
  }),
  evolve(state, entry) {
    switch (entry.type) {
      case 'bus.published':
        state.published++;
        break;
      case 'bus.delivered': {
        const way = `${entry.id} ${entry.subscription}`;
        state.delivered++;
        if (state.seen.has(way)) state.repeated++;
        state.seen.add(way);
        break;
      }
      case 'bus.handled':
        if (entry.error) state.failures++;
        break;
      case 'node.failed':
        state.failures++;
        if (entry.during !== 'unhandled') state.down.add(entry.node);
        break;
      case 'node.crashed':
        state.down.add(entry.node);
        break;
      case 'node.restarted':
        state.down.delete(entry.node);
        break;
      case 'fault.struck':
        state.faults++;
        break;
      case 'world.effected':
        state.effects++;
        break;
      case 'store.appended':
        state.appended += entry.events.length;
    }
  },
};
