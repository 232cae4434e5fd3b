import type { Entry, Fact } from './journal.ts';

/** A state derived from entries and nothing else. `evolve` may mutate the state that it is given: nobody else holds it. */
export interface Projection<S, F extends Fact = Fact> {
  initial(): S;
  evolve(state: S, entry: Entry<F>): void;
}

/** The state after the first `end` entries (all of them when left out). */
export function project<S, F extends Fact>(
  projection: Projection<S, F>,
  entries: readonly Entry<F>[],
  end = entries.length,
): S {
  const state = projection.initial();
  for (let i = 0; i < end; i++) projection.evolve(state, entries[i]!);
  return state;
}
