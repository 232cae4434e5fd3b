import { within, type Owner } from './context.ts';
import type { Timer } from './clock.ts';
import { VirtualPromise } from './promise.ts';

/**
 * One life of a node, from start to crash. What belongs to it dies with it: its timers, its pending promises (the kernel
 * skips their reactions) and whatever asked to be told by `onEnd`.
 */
export class Life implements Owner {
  readonly node: string;
  /** 1 for the first start, one more after each restart. */
  readonly incarnation: number;
  readonly #timers = new Set<Timer>();
  readonly #ends = new Set<() => void>();
  #alive = true;
  #waiting: (() => void)[] | undefined;
  /** Settles when the file has been evaluated, top-level awaits included. */
  ready: PromiseLike<void> = VirtualPromise.resolve();
  #exports: unknown = undefined;
  #instances: object[] | undefined;

  constructor(node: string, incarnation: number) {
    this.node = node;
    this.incarnation = incarnation;
  }

  get alive(): boolean {
    return this.#alive;
  }

  /** Remembers a timer until it is over, so that a crash takes it along. */
  keep(timer: Timer): void {
    this.#timers.add(timer);
  }

  forget(timer: Timer): void {
    this.#timers.delete(timer);
  }

  get paused(): boolean {
    return this.#waiting !== undefined;
  }

  /** Stands still: what comes in waits, and so do its timers and the reactions of its promises. */
  pause(): void {
    this.#waiting ??= [];
  }

  resume(): void {
    const waiting = this.#waiting ?? [];
    this.#waiting = undefined;
    for (const work of waiting) if (this.#alive) work();
  }

  /** Does the work now, or when the node is resumed. */
  awake(work: () => void): void {
    if (this.#waiting) this.#waiting.push(work);
    else work();
  }

  /** Calls `end` when this life is over, unless the returned function was called before. */
  onEnd(end: () => void): () => void {
    this.#ends.add(end);
    return () => this.#ends.delete(end);
  }

  end(): void {
    if (!this.#alive) return;
    this.#alive = false;
    this.#waiting = undefined;
    for (const timer of this.#timers) timer.cancel();
    this.#timers.clear();
    for (const end of this.#ends) end();
  }

  /** What the evaluated file offers to others. An exported class is instantiated once, here, if its constructor asks for nothing. */
  offer(exports: unknown): void {
    this.#exports = exports;
    this.#instances = exportedClasses(exports).map((type) => new type());
  }

  /** What the evaluated file exports. */
  get exports(): unknown {
    return this.#exports;
  }

  /** The function that `call` would call: an exported one, or a method of the instance of an exported class. */
  method(name: string): ((...args: unknown[]) => unknown) | undefined {
    const exported: unknown = own(this.#exports, name) ?? own(own(this.#exports, 'default'), name);
    if (typeof exported === 'function' && !isClass(exported)) return exported as () => unknown;
    if (typeof this.#exports === 'function' && this.#exports.name === name && !isClass(this.#exports))
      return this.#exports as () => unknown;
    for (const instance of this.#instances ?? []) {
      const method: unknown = name in Object.prototype ? undefined : (instance as Record<string, unknown>)[name];
      if (typeof method === 'function') return (...args) => (method as () => unknown).apply(instance, args as []);
    }
    return undefined;
  }

  /** Does `work` as this life, because of that entry; does nothing once the life is over. */
  do<T>(cause: number | undefined, work: () => T): T | undefined {
    return this.#alive ? within({ owner: this, cause }, work) : undefined;
  }
}

type Constructor = new () => object;

function exportedClasses(exports: unknown): Constructor[] {
  const candidates: unknown[] = isClass(exports) ? [exports] : [];
  if (exports !== null && typeof exports === 'object') candidates.push(...(Object.values(exports) as unknown[]));
  return [...new Set(candidates)]
    .filter(isClass)
    .filter((type) => type.length === 0 && !(type.prototype instanceof Error));
}

const isClass = (value: unknown): value is Constructor =>
  typeof value === 'function' && /^class\b/.test(Function.prototype.toString.call(value));

function own(value: unknown, name: string): unknown {
  if (value === null || (typeof value !== 'object' && typeof value !== 'function')) return undefined;
  return Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
}
