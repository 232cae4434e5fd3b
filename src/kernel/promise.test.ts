import { afterEach, expect, test } from 'vitest';
import { context, within, type Owner } from './context.ts';
import { microtasks } from './microtasks.ts';
import { Life } from './node.ts';
import { unheard, VirtualPromise } from './promise.ts';

afterEach(() => {
  microtasks.clear();
  unheard.clear();
});

test('a drain runs every reaction, in the order of asking, before it returns', () => {
  const log: string[] = [];
  VirtualPromise.resolve(1).then(() => {
    log.push('a');
    VirtualPromise.resolve().then(() => log.push('c'));
  });
  VirtualPromise.resolve(2).then(() => log.push('b'));
  expect(log).toEqual([]);
  microtasks.drain();
  expect(log).toEqual(['a', 'b', 'c']);
});

test('a reaction runs in the context in which it was asked for', () => {
  const owner: Owner = new Life('orders', 1);
  let seen: unknown;
  const { promise, resolve } = VirtualPromise.withResolvers<void>();
  within({ owner, cause: 7 }, () => promise.then(() => (seen = context())));
  resolve();
  microtasks.drain();
  expect(seen).toEqual({ owner, cause: 7 });
});

test('nothing that a crashed node waited for ever runs', () => {
  const owner = new Life('orders', 1);
  let ran = false;
  const { promise, resolve } = VirtualPromise.withResolvers<void>();
  within({ owner, cause: undefined }, () => promise.then(() => (ran = true)));
  owner.end();
  resolve();
  microtasks.drain();
  expect(ran).toBe(false);
});

test('a rejection is unheard until somebody listens', () => {
  const promise = VirtualPromise.reject(new Error('no'));
  expect([...unheard.keys()]).toEqual([promise]);
  promise.catch(() => {});
  expect(unheard.size).toBe(0);
  microtasks.drain();
  expect(unheard.size).toBe(0);
});

test('all, allSettled, any and race answer as the native ones do', async () => {
  const outcome = (type: PromiseConstructor) => {
    const values = (): unknown[] => [type.resolve(1), 2, type.reject(new Error('three')), type.resolve(4)];
    const good: unknown[] = [type.resolve(1), 2, type.resolve(3)];
    return [
      type.all(good),
      type.all([]),
      type.all(values()).catch((error: Error) => error.message),
      type.allSettled(values()),
      type.any(values()),
      type.any([type.reject(new Error('x'))]).catch((error: AggregateError) => [error.message, error.errors.length]),
      type.race(values()),
      type.resolve(5).finally(() => 6),
    ];
  };
  const native = await Promise.all(outcome(Promise));
  const ours: unknown[] = [];
  outcome(VirtualPromise as unknown as PromiseConstructor).forEach(
    (promise, at) => void promise.then((value) => (ours[at] = value)),
  );
  microtasks.drain();
  expect(ours).toEqual(native);
});

test('a subclass derives itself', () => {
  class Mine<T> extends VirtualPromise<T> {}
  expect(new Mine<number>((resolve) => resolve(1)).then((value) => value)).toBeInstanceOf(Mine);
  expect(Mine.resolve(1)).toBeInstanceOf(Mine);
});

test('a flood of microtasks ends the drain', () => {
  const forever = (): unknown => VirtualPromise.resolve().then(forever);
  forever();
  expect(() => microtasks.drain(1000)).toThrow('');
});
