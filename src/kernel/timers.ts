import type { Clock, Timer } from './clock.ts';
import { context, within } from './context.ts';
import { Life } from './node.ts';

/** `setTimeout` treats longer delays as 1 ms, in Node as in browsers: the delay is a 32-bit signed integer there. */
const longest = 2 ** 31 - 1;

export type TimerId = number;

/**
 * `setTimeout` and its kind over the virtual clock, in the words of Node: a delay below 1 ms or above 2³¹ − 1 ms is 1 ms.
 * A timer runs in the context in which it was asked for and dies with its node.
 */
export class Timers {
  readonly #clock: Clock;
  readonly #failed: (error: unknown) => void;
  readonly #running = new Map<TimerId, Timer>();
  #ids = 0;

  /** `failed` hears what a callback threw, in the callback's context. */
  constructor(clock: Clock, failed: (error: unknown) => void) {
    this.#clock = clock;
    this.#failed = failed;
  }

  readonly setTimeout = (work: (...args: unknown[]) => void, delay?: number, ...args: unknown[]): TimerId => {
    callable(work, 'setTimeout');
    const id = ++this.#ids;
    this.#start(id, bounded(delay), () => {
      this.#running.delete(id);
      work(...args);
    });
    return id;
  };

  readonly setInterval = (work: (...args: unknown[]) => void, delay?: number, ...args: unknown[]): TimerId => {
    callable(work, 'setInterval');
    const id = ++this.#ids;
    const period = bounded(delay);
    const turn = () => {
      this.#start(id, period, turn);
      work(...args);
    };
    this.#start(id, period, turn);
    return id;
  };

  readonly setImmediate = (work: (...args: unknown[]) => void, ...args: unknown[]): TimerId => {
    callable(work, 'setImmediate');
    const id = ++this.#ids;
    this.#start(id, 0, () => {
      this.#running.delete(id);
      work(...args);
    });
    return id;
  };

  /** Takes back any of them; an unknown id is nothing to complain about. */
  readonly clear = (id?: unknown): void => {
    const timer = this.#running.get(Number(id));
    if (!timer) return;
    timer.cancel();
    this.#running.delete(Number(id));
  };

  #start(id: TimerId, delay: number, work: () => void): void {
    const asked = context();
    const life = asked.owner instanceof Life ? asked.owner : undefined;
    if (life && !life.alive) return;
    const timer = this.#clock.after(delay, () => {
      life?.forget(timer);
      const due = () => {
        // Another timer of the node can have cleared this one while both waited for the end of a pause.
        if (this.#running.get(id) !== timer) return;
        within(asked, () => {
          try {
            work();
          } catch (error) {
            this.#failed(error);
          }
        });
      };
      if (life) life.awake(due);
      else due();
    });
    life?.keep(timer);
    this.#running.set(id, timer);
  }
}

function bounded(delay: unknown): number {
  const number = Number(delay);
  return number >= 1 && number <= longest ? Math.trunc(number) : 1;
}

function callable(work: unknown, name: string): void {
  if (typeof work !== 'function')
    throw new TypeError(`The "callback" argument of ${name} must be of type function. Received ${typeof work}`);
}
