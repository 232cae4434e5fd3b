/** An endless delay: so long that no run sees its end, and still a number to count with. */
const endless = Number.MAX_SAFE_INTEGER;

/** Something that is due: `cancel()` takes it back, at any time and any number of times. */
export class Timer {
  /** @internal place in the heap's order */
  readonly seq: number;
  readonly time: number;
  /** Work that nobody waits for, such as a library's heartbeat: it does not keep a run from coming to rest. */
  readonly background: boolean;
  /** @internal */
  work: (() => void) | undefined;
  readonly #clock: Clock;

  constructor(clock: Clock, time: number, seq: number, background: boolean, work: () => void) {
    this.#clock = clock;
    this.time = time;
    this.seq = seq;
    this.background = background;
    this.work = work;
  }

  get pending(): boolean {
    return this.work !== undefined;
  }

  cancel(): void {
    if (this.work === undefined) return;
    this.work = undefined;
    if (!this.background) this.#clock.foreground--;
    this.#clock.cancelled();
  }
}

/**
 * Virtual time. A binary heap ordered by `(time, seq)`: what was asked for first happens first among equals. The clock
 * knows neither promises nor nodes; whoever drives it drains the microtasks between two timers.
 */
export class Clock {
  /** Virtual ms since the start of the run. */
  now = 0;
  /** @internal pending timers that are not in the background */
  foreground = 0;
  #heap: Timer[] = [];
  #seq = 0;
  /** Timers in the heap that were taken back: most deadlines are, long before their time. */
  #cancelled = 0;

  /** Asks for `work` in `delay` virtual ms (a negative delay, or one that is no number, counts as 0). */
  after(delay: number, work: () => void, background = false): Timer {
    const timer = new Timer(this, this.now + (delay > 0 ? Math.min(delay, endless) : 0), this.#seq++, background, work);
    if (!background) this.foreground++;
    this.#push(timer);
    return timer;
  }

  /** When the next thing happens; `Infinity` when nothing is left. */
  get next(): number {
    const heap = this.#heap;
    while (heap.length > 0 && heap[0]!.work === undefined) {
      this.#pop();
      this.#cancelled--;
    }
    return heap.length > 0 ? heap[0]!.time : Infinity;
  }

  /** Goes to the next timer and does its work; false when nothing is left. */
  step(): boolean {
    if (this.next === Infinity) return false;
    const timer = this.#pop()!;
    const work = timer.work!;
    timer.work = undefined;
    if (!timer.background) this.foreground--;
    this.now = timer.time;
    work();
    return true;
  }

  /** Stands later than the last thing that happened, at a time before the next one. Going back does nothing. */
  advance(time: number): void {
    if (time > this.now && time <= this.next) this.now = time;
  }

  /** @internal A timer was taken back. When they are the larger half of the heap, they leave it all at once. */
  cancelled(): void {
    this.#cancelled++;
    if (this.#cancelled < 64 || this.#cancelled * 2 < this.#heap.length) return;
    this.#cancelled = 0;
    // A sorted array is a heap.
    this.#heap = this.#heap.filter(({ work }) => work !== undefined).sort((a, b) => (before(a, b) ? -1 : 1));
  }

  #push(timer: Timer): void {
    const heap = this.#heap;
    let at = heap.length;
    heap.push(timer);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (before(heap[parent]!, timer)) break;
      heap[at] = heap[parent]!;
      at = parent;
    }
    heap[at] = timer;
  }

  #pop(): Timer | undefined {
    const heap = this.#heap;
    const top = heap[0];
    const last = heap.pop();
    const size = heap.length;
    if (size > 0 && last) {
      let at = 0;
      for (let child = 1; child < size; child = 2 * at + 1) {
        if (child + 1 < size && before(heap[child + 1]!, heap[child]!)) child++;
        if (before(last, heap[child]!)) break;
        heap[at] = heap[child]!;
        at = child;
      }
      heap[at] = last;
    }
    return top;
  }
}

const before = (a: Timer, b: Timer): boolean => a.time < b.time || (a.time === b.time && a.seq < b.seq);
