import type { Entry, Fact } from '../kernel/journal.ts';
import type { Projection } from '../kernel/projection.ts';

/**
 * A projection that can stand anywhere in a growing journal. Going forward costs the entries in between; going back
 * folds again from the beginning, which needs no snapshots: `npm run bench cursor` says what that costs among 100,000.
 */
export class Cursor<S, F extends Fact> {
  readonly #projection: Projection<S, F>;
  #state: S;
  #end = 0;

  constructor(projection: Projection<S, F>) {
    this.#projection = projection;
    this.#state = projection.initial();
  }

  /** The state after the first `end` of `entries`. It is the cursor's own and changes with the next `seek`. */
  seek(entries: readonly Entry<F>[], end = entries.length): S {
    if (end > entries.length) throw new RangeError(`cursor at ${end} of ${entries.length} entries`);
    if (end < this.#end) {
      this.#state = this.#projection.initial();
      this.#end = 0;
    }
    for (; this.#end < end; this.#end++) this.#projection.evolve(this.#state, entries[this.#end]!);
    return this.#state;
  }
}

/** How many of `items`, which are in the order of `key`, have a key of at most `limit`. */
export function upTo<T>(items: readonly T[], limit: number, key: (item: T) => number): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (key(items[middle]!) <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** How many entries have happened by `time` (virtual ms): the cursor's place at that time. */
export const endAt = (entries: readonly Entry[], time: number): number => upTo(entries, time, (entry) => entry.time);
