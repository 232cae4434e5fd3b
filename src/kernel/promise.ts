import { context, type Context } from './context.ts';
import { microtasks, type Job } from './microtasks.ts';

type State = 'pending' | 'fulfilled' | 'rejected';
type Resolve<T> = (value: T | PromiseLike<T>) => void;
type Reject = (reason?: unknown) => void;
type Executor<T> = (resolve: Resolve<T>, reject: Reject) => void;

/** Rejected promises that nobody listens to yet, with the context in which they were rejected. The world reads and clears it after each drain. */
export const unheard = new Map<VirtualPromise<unknown>, Context>();

const quietly: Executor<never> = () => {};

/**
 * ECMAScript's Promise over the kernel's own microtask queue (ECMA-262 §27.2; it passes the Promises/A+ suite). It exists
 * because native promises cannot be drained synchronously: with this one a run is one stretch of code. Code that is
 * lowered to generators and finds it as the global `Promise` uses it for `async` and `await` too.
 *
 * Differs from the standard in three things: a reaction remembers the context it was asked for in, a reaction of a
 * crashed node never runs, and rejections that nobody hears are in `unheard`.
 */
export class VirtualPromise<T> implements Promise<T> {
  /** @internal */ state: State = 'pending';
  /** @internal */ value: unknown = undefined;
  /** @internal */ reactions: Reaction[] | undefined = undefined;
  /** @internal */ heard = false;

  constructor(executor: Executor<T>) {
    if (typeof executor !== 'function') throw new TypeError(`Promise resolver ${String(executor)} is not a function`);
    if (executor === quietly) return;
    const [resolve, reject] = resolvers(this);
    try {
      executor(resolve, reject);
    } catch (error) {
      reject(error);
    }
  }

  then<A = T, B = never>(
    onFulfilled?: ((value: T) => A | PromiseLike<A>) | null,
    onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): VirtualPromise<A | B> {
    const type = this.constructor as Constructor;
    const derived = type === VirtualPromise ? undefined : capability<A | B>(type);
    const promise = derived?.promise ?? new VirtualPromise<A | B>(quietly);
    const reaction = new Reaction(
      this,
      promise,
      derived as Capability<unknown> | undefined,
      typeof onFulfilled === 'function' ? (onFulfilled as Handler) : undefined,
      typeof onRejected === 'function' ? onRejected : undefined,
    );
    if (this.state === 'pending') (this.reactions ??= []).push(reaction);
    else {
      if (this.state === 'rejected' && !this.heard) unheard.delete(this);
      microtasks.add(reaction);
    }
    this.heard = true;
    return promise;
  }

  catch<B = never>(onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null): VirtualPromise<T | B> {
    return this.then(undefined, onRejected);
  }

  finally(onFinally?: (() => void) | null): VirtualPromise<T> {
    if (typeof onFinally !== 'function') return this.then(onFinally, onFinally);
    const type = this.constructor as Constructor;
    return this.then(
      (value) => resolved(type, onFinally()).then(() => value),
      (reason: unknown) =>
        resolved(type, onFinally()).then(() => {
          throw reason;
        }),
    );
  }

  get [Symbol.toStringTag](): string {
    return 'Promise';
  }

  static resolve<V>(this: Constructor, value?: V): VirtualPromise<Awaited<V>> {
    return resolved(this, value) as VirtualPromise<Awaited<V>>;
  }

  static reject<V = never>(this: Constructor, reason?: unknown): VirtualPromise<V> {
    const { promise, reject } = capability<V>(this);
    reject(reason);
    return promise;
  }

  static withResolvers<V>(this: Constructor): { promise: VirtualPromise<V>; resolve: Resolve<V>; reject: Reject } {
    const { promise, resolve, reject } = capability<V>(this);
    return { promise, resolve, reject };
  }

  static try<V>(this: Constructor, work: (...args: unknown[]) => V, ...args: unknown[]): VirtualPromise<Awaited<V>> {
    return new this((resolve) => resolve(work(...args))) as VirtualPromise<Awaited<V>>;
  }

  static all(this: Constructor, values: Iterable<unknown>): VirtualPromise<unknown[]> {
    return gather(this, values, (promise, settle, finish, reject) =>
      promise.then((value: unknown) => {
        settle(value);
        finish();
      }, reject),
    );
  }

  static allSettled(this: Constructor, values: Iterable<unknown>): VirtualPromise<unknown[]> {
    return gather(this, values, (promise, settle, finish) =>
      promise.then(
        (value: unknown) => {
          settle({ status: 'fulfilled', value });
          finish();
        },
        (reason: unknown) => {
          settle({ status: 'rejected', reason });
          finish();
        },
      ),
    );
  }

  static any(this: Constructor, values: Iterable<unknown>): VirtualPromise<unknown> {
    const { promise, resolve, reject } = capability<unknown>(this);
    gather(this, values, (each, settle, finish) =>
      each.then(resolve, (reason: unknown) => {
        settle(reason);
        finish();
      }),
    ).then((reasons) => reject(new AggregateError(reasons, 'All promises were rejected')), reject);
    return promise;
  }

  static race(this: Constructor, values: Iterable<unknown>): VirtualPromise<unknown> {
    return new this((resolve, reject) => {
      for (const value of values) resolved(this, value).then(resolve, reject);
    });
  }
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- any subclass, of any value
type Constructor = new (executor: Executor<any>) => VirtualPromise<any>;
type Handler = (value: unknown) => unknown;

interface Capability<T> {
  readonly promise: VirtualPromise<T>;
  readonly resolve: Resolve<T>;
  readonly reject: Reject;
}

/** A promise of this class together with its resolving functions (§27.2.1.5). */
function capability<T>(type: Constructor): Capability<T> {
  let resolve: Resolve<T> | undefined;
  let reject: Reject | undefined;
  const promise = new type((a: Resolve<T>, b: Reject) => {
    resolve = a;
    reject = b;
  });
  return { promise: promise as VirtualPromise<T>, resolve: resolve!, reject: reject! };
}

/** The two functions of which the first call counts (§27.2.1.3). */
function resolvers(promise: VirtualPromise<unknown>): [Resolve<unknown>, Reject] {
  let done = false;
  return [
    (value) => {
      if (done) return;
      done = true;
      resolveWith(promise, value);
    },
    (reason) => {
      if (done) return;
      done = true;
      settle(promise, 'rejected', reason);
    },
  ];
}

function resolved(type: Constructor, value: unknown): VirtualPromise<unknown> {
  if (value instanceof VirtualPromise && value.constructor === type) return value;
  const { promise, resolve } = capability<unknown>(type);
  resolve(value);
  return promise;
}

/** PromiseResolveFunctions (§27.2.1.3.2): a thenable is asked in a job of its own. */
function resolveWith(promise: VirtualPromise<unknown>, value: unknown): void {
  if (value === promise) {
    settle(promise, 'rejected', new TypeError('Chaining cycle detected for promise #<Promise>'));
    return;
  }
  if (value !== null && (typeof value === 'object' || typeof value === 'function')) {
    let then: unknown;
    try {
      then = (value as { then?: unknown }).then;
    } catch (error) {
      settle(promise, 'rejected', error);
      return;
    }
    if (typeof then === 'function') {
      microtasks.add(new Adoption(promise, value, then as Handler));
      return;
    }
  }
  settle(promise, 'fulfilled', value);
}

function settle(promise: VirtualPromise<unknown>, state: State, value: unknown): void {
  promise.state = state;
  promise.value = value;
  const { reactions } = promise;
  promise.reactions = undefined;
  if (reactions !== undefined) for (const reaction of reactions) microtasks.add(reaction);
  else if (state === 'rejected' && !promise.heard) unheard.set(promise, context());
}

/** NewPromiseReactionJob (§27.2.2.1). A derived promise of the plain class is settled once, by this alone: it needs no capability. */
class Reaction implements Job {
  readonly context = context();
  readonly #from: VirtualPromise<unknown>;
  readonly #derived: VirtualPromise<unknown>;
  readonly #capability: Capability<unknown> | undefined;
  readonly #onFulfilled: Handler | undefined;
  readonly #onRejected: Handler | undefined;

  constructor(
    from: VirtualPromise<unknown>,
    derived: VirtualPromise<unknown>,
    capability: Capability<unknown> | undefined,
    onFulfilled: Handler | undefined,
    onRejected: Handler | undefined,
  ) {
    this.#from = from;
    this.#derived = derived;
    this.#capability = capability;
    this.#onFulfilled = onFulfilled;
    this.#onRejected = onRejected;
  }

  run(): void {
    const { state, value } = this.#from;
    const handler = state === 'fulfilled' ? this.#onFulfilled : this.#onRejected;
    if (handler === undefined) {
      if (state === 'fulfilled') this.#resolve(value);
      else this.#reject(value);
      return;
    }
    let result: unknown;
    try {
      result = handler(value);
    } catch (error) {
      this.#reject(error);
      return;
    }
    this.#resolve(result);
  }

  #resolve(value: unknown): void {
    if (this.#capability === undefined) resolveWith(this.#derived, value);
    else this.#capability.resolve(value);
  }

  #reject(reason: unknown): void {
    if (this.#capability === undefined) settle(this.#derived, 'rejected', reason);
    else this.#capability.reject(reason);
  }
}

/** NewPromiseResolveThenableJob (§27.2.2.2). */
class Adoption implements Job {
  readonly context = context();
  readonly #promise: VirtualPromise<unknown>;
  readonly #thenable: unknown;
  readonly #then: Handler;

  constructor(promise: VirtualPromise<unknown>, thenable: unknown, then: Handler) {
    this.#promise = promise;
    this.#thenable = thenable;
    this.#then = then;
  }

  run(): void {
    const [resolve, reject] = resolvers(this.#promise);
    try {
      (this.#then as (resolve: unknown, reject: unknown) => void).call(this.#thenable, resolve, reject);
    } catch (error) {
      reject(error);
    }
  }
}

type Each = (
  promise: VirtualPromise<unknown>,
  settle: (value: unknown) => void,
  finish: () => void,
  reject: Reject,
) => unknown;

/** What `all`, `allSettled` and `any` share: one slot a value, in order, and an answer when the last is filled. */
function gather(type: Constructor, values: Iterable<unknown>, each: Each): VirtualPromise<unknown[]> {
  return new type((resolve, reject) => {
    const slots: unknown[] = [];
    let open = 1;
    const finish = () => {
      if (--open === 0) resolve(slots);
    };
    for (const value of values) {
      const at = slots.push(undefined) - 1;
      open++;
      each(resolved(type, value), (filled) => (slots[at] = filled), finish, reject);
    }
    finish();
  }) as VirtualPromise<unknown[]>;
}
