import { Subject, type Observable } from 'rxjs';

/** Something that happened in the world, in the past tense. Plain data. */
export interface Fact {
  readonly type: string;
}

/**
 * A fact in its place: which one it is (`seq`, from 0 without gaps), when (`time`, virtual ms since the start of the
 * run), where (`node`, a file's stem or a broker's name) and because of which earlier entry (`cause`).
 */
export type Entry<F extends Fact = Fact> = F & {
  readonly seq: number;
  readonly time: number;
  readonly node: string;
  readonly cause?: number;
};

/**
 * The only truth of a run: an append-only list of entries. Whoever wants to know what happened folds `entries` or
 * listens to `entries$`; whoever wants something to have happened appends a fact.
 */
export class Journal<F extends Fact = Fact> {
  readonly entries: Entry<F>[] = [];
  readonly #fed = new Subject<Entry<F>>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Every entry from now on, in the instant in which it is appended. */
  get entries$(): Observable<Entry<F>> {
    return this.#fed.asObservable();
  }

  append<G extends F>(node: string, fact: G, cause?: number): Entry<G> {
    const seq = this.entries.length;
    const time = this.#now();
    // One spread in one literal: with two, V8 gives every entry a shape of its own, at twenty times the cost.
    const entry = (
      cause === undefined ? { seq, time, node, ...fact } : { seq, time, node, cause, ...fact }
    ) as Entry<G>;
    this.entries.push(entry);
    this.#fed.next(entry);
    return entry;
  }
}
