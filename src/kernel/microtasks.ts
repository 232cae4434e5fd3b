import { enter, type Context } from './context.ts';

/** A thing to do before virtual time may go on. */
export interface Job {
  readonly context: Context;
  run(): void;
}

/** The learner's code would not come to an end within one step: thrown out of the drain, never caught by learner code. */
export class TooManyMicrotasks extends Error {
  override readonly name = 'TooManyMicrotasks';
  /** That of the one which would have been next. */
  readonly context: Context;

  constructor(context: Context) {
    super();
    this.context = context;
  }
}

/**
 * The queue of promise reactions and, before them, of `process.nextTick`: Node's order. It is drained synchronously, so a
 * whole run is one stretch of code into which nothing from outside can enter.
 */
class Microtasks {
  #ticks: Job[] = [];
  #jobs: Job[] = [];
  #next = 0;

  /** Adds a promise reaction, a thenable job or a `queueMicrotask`. */
  add(job: Job): void {
    this.#jobs.push(job);
  }

  /** Adds a `process.nextTick`. */
  addTick(job: Job): void {
    this.#ticks.push(job);
  }

  get size(): number {
    return this.#jobs.length - this.#next + this.#ticks.length;
  }

  /**
   * Does everything that is queued and what that queues in turn; skips what belongs to a crashed node
   * and leaves what belongs to a paused one until it is resumed.
   * @throws TooManyMicrotasks after `budget` of them; the rest stays queued until `clear()`.
   */
  drain(budget = Infinity): void {
    let left = budget;
    while (this.size > 0) {
      while (this.#ticks.length > 0) {
        const ticks = this.#ticks;
        this.#ticks = [];
        for (const tick of ticks) {
          if (left-- <= 0) throw new TooManyMicrotasks(tick.context);
          perform(tick);
        }
      }
      while (this.#next < this.#jobs.length) {
        const job = this.#jobs[this.#next++]!;
        if (left-- <= 0) throw new TooManyMicrotasks(job.context);
        perform(job);
        if (this.#next === 4096) {
          this.#jobs.splice(0, 4096);
          this.#next = 0;
        }
      }
      this.#jobs.length = this.#next = 0;
    }
  }

  /** Forgets everything: a new run begins. */
  clear(): void {
    this.#ticks = [];
    this.#jobs = [];
    this.#next = 0;
  }
}

function perform(job: Job): void {
  const { owner } = job.context;
  if (owner !== undefined) {
    if (!owner.alive) return;
    if (owner.paused) {
      owner.awake(() => microtasks.add(job));
      return;
    }
  }
  const previous = enter(job.context);
  try {
    job.run();
  } finally {
    enter(previous);
  }
}

/** The queue of the realm. There is one, as there is one global `Promise`. */
export const microtasks = new Microtasks();
