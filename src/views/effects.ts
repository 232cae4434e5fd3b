import type { WorldEntry, WorldFact } from '../brokers/facts.ts';
import type { Projection } from '../kernel/projection.ts';

export type Effect = Extract<WorldEntry, { type: 'world.effected' }>;

/** A line of the ledger. `nth` counts effects of the same kind, key and data: from 2 on it was done again. */
export interface LedgerLine {
  readonly effect: Effect;
  readonly nth: number;
}

export interface Ledger {
  readonly lines: LedgerLine[];
  readonly times: Map<string, number>;
}

/** All effects in the outer world, in order. No replay takes one back. */
export const ledger: Projection<Ledger, WorldFact> = {
  initial: () => ({ lines: [], times: new Map() }),
  evolve(state, entry) {
    if (entry.type !== 'world.effected') return;
    const key = `${entry.kind} ${entry.key} ${JSON.stringify(entry.data)}`;
    const nth = (state.times.get(key) ?? 0) + 1;
    state.times.set(key, nth);
    state.lines.push({ effect: entry, nth });
  },
};
