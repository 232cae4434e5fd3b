import type { BudgetName, Place } from './facts.ts';

/** How much one step of learner code may do before it counts as endless. Counted, not timed: it trips at the same point every time. */
export const budgets = {
  /** Loop turns and calls in one step. */
  loop: 5_000_000,
  /** Promise reactions in one step. */
  microtasks: 500_000,
  /** Calls inside calls; then the RangeError that engines throw too, each at a depth of its own. */
  depth: 3_000,
  /** Entries in the journal of one run. */
  entries: 100_000,
  /** Entries that one step writes: a loop that publishes or logs is stopped long before the whole journal is full. */
  burst: 20_000,
  /** Steps of the clock without virtual time moving on. */
  tasks: 100_000,
} as const;

/** Thrown into learner code that is being stopped; whoever catches it meets it again at his next loop or call. */
export class BudgetExceeded extends Error {
  override readonly name = 'BudgetExceeded';
  constructor() {
    super('stopped: this code would not come to an end');
  }
}

/** What the compiler weaves into a file of the learner; one set of functions a file, for it names the place. */
export interface Probe {
  /** A loop turns. */
  readonly turn: (line: number, column: number) => void;
  /** A function is entered; `leave` follows whatever happens in it. */
  readonly enter: (line: number, column: number) => void;
  readonly leave: () => void;
  /** Passes a call's last argument through: all arguments are evaluated and the call is about to happen. */
  readonly at: <T>(value: T, line: number, column: number) => T;
}

/** Counts what learner code does within one step and knows where it is. */
export class Guard {
  #file = '';
  #line = 0;
  #column = 0;
  #turns = 0;
  #depth = 0;
  #stopped = false;
  readonly #exceeded: (budget: BudgetName, at: Place) => void;

  constructor(exceeded: (budget: BudgetName, at: Place) => void) {
    this.#exceeded = exceeded;
  }

  /** A new step begins. */
  reset(): void {
    this.#turns = 0;
    this.#depth = 0;
    this.#file = '';
  }

  /** From now on every loop and every call of learner code throws. */
  halt(): void {
    this.#stopped = true;
  }

  /** The call of learner code that is being made, or the last that was made in this step. */
  get here(): Place | undefined {
    return this.#file === '' ? undefined : { file: this.#file, line: this.#line, column: this.#column };
  }

  probe(file: string): Probe {
    return {
      turn: (line, column) => {
        if (++this.#turns > budgets.loop || this.#stopped) this.#stop({ file, line, column });
      },
      enter: (line, column) => {
        this.#depth++;
        if (++this.#turns > budgets.loop || this.#stopped) this.#stop({ file, line, column });
        if (this.#depth > budgets.depth) throw new RangeError('Maximum call stack size exceeded');
      },
      leave: () => {
        this.#depth--;
      },
      at: (value, line, column) => {
        this.#file = file;
        this.#line = line;
        this.#column = column;
        return value;
      },
    };
  }

  #stop(place: Place): never {
    if (!this.#stopped) this.#exceeded('loop', place);
    throw new BudgetExceeded();
  }
}
