import type { WorldEntry } from '../brokers/facts.ts';
import { store, type StoreState } from '../brokers/eventstore/state.ts';
import type { WorldFact } from '../brokers/facts.ts';
import type { Projection } from '../kernel/projection.ts';
import type { StoredEvents } from '../kernel/stored.ts';

export interface StoreView {
  readonly state: StoreState;
  /** Appends that were refused, and why. */
  readonly rejected: Extract<WorldEntry, { type: 'store.rejected' }>[];
}

/** The event store from what it held before the run. */
export const storeFrom = (stored: StoredEvents): Projection<StoreView, WorldFact> => ({
  initial() {
    const state = store.initial();
    for (const event of stored) {
      const stream = state.streams.get(event.stream);
      if (stream) stream.push(event);
      else state.streams.set(event.stream, [event]);
      state.all.push(event);
    }
    return { state, rejected: [] };
  },
  evolve(view, entry) {
    if (entry.type === 'store.appended') store.evolve(view.state, entry);
    else if (entry.type === 'store.rejected') view.rejected.push(entry);
  },
});
