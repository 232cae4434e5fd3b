import type { WorldFact } from '../brokers/facts.ts';
import type { ConsoleLogged, Place } from '../kernel/facts.ts';
import type { Projection } from '../kernel/projection.ts';

/** What the learner's code said, or an error that nobody caught. */
export interface Line {
  readonly seq: number;
  readonly time: number;
  readonly node: string;
  readonly level: ConsoleLogged['level'];
  readonly text: string;
  readonly at?: Place;
}

/** The lines of the console in order. */
export const lines: Projection<Line[], WorldFact> = {
  initial: () => [],
  evolve(state, entry) {
    const { seq, time, node } = entry;
    if (entry.type === 'console.logged')
      state.push({ seq, time, node, level: entry.level, text: entry.text, ...(entry.at && { at: entry.at }) });
    else if (entry.type === 'node.failed' || (entry.type === 'bus.handled' && entry.error)) {
      const { name, message, at } = entry.error!;
      state.push({ seq, time, node, level: 'error', text: `${name}: ${message}`, ...(at && { at }) });
    }
  },
};
