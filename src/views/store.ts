import { store, storeOf, type StoreState } from '../brokers/eventstore/state.ts';
import type { WorldEntry, WorldFact } from '../brokers/facts.ts';
import type { Projection } from '../kernel/projection.ts';
import type { StoredEvents } from '../kernel/stored.ts';

export interface StoreView {
  readonly state: StoreState;
  /** Appends that were refused, and why. */
  readonly rejected: Extract<WorldEntry, { type: 'store.rejected' }>[];
}

/** The event store from what it held before the run. */
export const storeFrom = (stored: StoredEvents): Projection<StoreView, WorldFact> => ({
  initial: () => ({ state: storeOf(stored), rejected: [] }),
  evolve(view, entry) {
    if (entry.type === 'store.appended') store.evolve(view.state, entry);
    else if (entry.type === 'store.rejected') view.rejected.push(entry);
  },
});
