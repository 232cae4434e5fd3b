import { expect, test } from 'vitest';
import { context } from './context.ts';
import { VirtualPromise } from './promise.ts';
import { facts, sleep, worldOf } from './world.testing.ts';

test('nodes start in the order in which they were defined, each evaluated as itself', () => {
  const seen: unknown[] = [];
  const world = worldOf({
    orders: (life) => seen.push([life.node, context().owner === life, context().cause]),
    mail: (life) => seen.push([life.node, context().owner === life, context().cause]),
  });
  world.startAll();
  expect(world.run(Infinity)).toBe('rest');
  expect(seen).toEqual([
    ['orders', true, 0],
    ['mail', true, 1],
  ]);
});

test('a crash takes timers and pending promises along; a restart evaluates the file anew', () => {
  const log: string[] = [];
  let evaluations = 0;
  const world = worldOf({
    orders: (life, { timers }) => {
      const mine = ++evaluations;
      timers.setTimeout(() => log.push(`timer of ${mine}`), 50);
      void sleep(world, 10).then(() => log.push(`promise of ${mine}`));
      life.onEnd(() => log.push(`connection of ${mine} closed`));
    },
  });
  world.startAll();
  world.run(5);
  world.crash('orders', 'input');
  world.crash('orders', 'input');
  world.start('orders');
  world.start('orders');
  world.run(Infinity);
  expect(log).toEqual(['connection of 1 closed', 'promise of 2', 'timer of 2']);
  expect(facts(world.journal.entries)).toEqual([
    { node: 'orders', type: 'node.started', file: 'orders.ts' },
    { node: 'orders', type: 'node.crashed', because: 'input' },
    { node: 'orders', type: 'node.restarted', file: 'orders.ts', incarnation: 2 },
  ]);
});

test('what a fault crashed comes back by itself a second later', () => {
  const world = worldOf({ orders: () => ({}) });
  world.startAll();
  world.run(0);
  world.crash('orders', 'fault');
  expect(world.run(Infinity)).toBe('rest');
  expect(world.journal.entries.map(({ time, type, cause }) => [time, type, cause])).toEqual([
    [0, 'node.started', undefined],
    [0, 'node.crashed', undefined],
    [1_000, 'node.restarted', 1],
  ]);
});

test('a promise that dies with its node never settles, even if what it waited for does', () => {
  const { promise, resolve } = VirtualPromise.withResolvers<void>();
  let ran = false;
  const world = worldOf({ orders: () => void promise.then(() => (ran = true)) });
  world.startAll();
  world.run(0);
  world.crash('orders', 'input');
  resolve();
  world.run(Infinity);
  expect(ran).toBe(false);
});

test('a file that throws is a fact, and the others go on', () => {
  const world = worldOf({
    broken: () => {
      throw new TypeError('x is not a function');
    },
    fine: () => ({}),
  });
  world.startAll();
  world.run(Infinity);
  expect(facts(world.journal.entries)).toEqual([
    { node: 'broken', type: 'node.started', file: 'broken.ts' },
    { node: 'fine', type: 'node.started', file: 'fine.ts' },
    {
      node: 'broken',
      type: 'node.failed',
      during: 'load',
      error: { name: 'TypeError', message: 'x is not a function' },
    },
  ]);
});

test('a file that waits at its top level is ready when it is through; its failure is one of loading', () => {
  const world = worldOf({
    slow: (_, w) => sleep(w, 100).then(() => ({ greet: () => 'hello' })),
    failing: (_, w) =>
      sleep(w, 100).then(() => {
        throw new Error('no connection');
      }),
  });
  world.startAll();
  world.run(99);
  expect(world.life('slow')!.method('greet')).toBeUndefined();
  world.run(Infinity);
  expect(world.life('slow')!.method('greet')!()).toBe('hello');
  expect(facts(world.journal.entries, 'node.failed')).toMatchObject([{ node: 'failing', during: 'load' }]);
});

test('a node that is asleep starts when it is started', () => {
  const world = worldOf({ orders: () => ({}) });
  expect(world.life('orders')).toBeUndefined();
  world.clock.after(100, () => world.start('orders'));
  world.run(Infinity);
  expect(world.journal.entries).toMatchObject([{ type: 'node.started', time: 100 }]);
});

test('an unknown node neither starts nor crashes', () => {
  const world = worldOf({});
  world.start('nobody');
  world.crash('nobody', 'input');
  expect(world.journal.entries).toEqual([]);
});

test('nothing of a paused node runs; what happened meanwhile comes in order when it is resumed', () => {
  const log: string[] = [];
  const { promise, resolve } = VirtualPromise.withResolvers<void>();
  const world = worldOf({
    orders: (_, { timers }) => {
      void promise.then(() => log.push('answer')).then(() => log.push('after the answer'));
      timers.setTimeout(() => log.push('timer'), 20);
    },
  });
  world.startAll();
  world.run(0);
  world.life('orders')!.pause();
  world.clock.after(10, resolve);
  world.run(50);
  expect(log).toEqual([]);
  world.life('orders')!.resume();
  world.run(Infinity);
  expect(log).toEqual(['timer', 'answer', 'after the answer']);
});

test('a crash in the middle of a resume stops what still waits', () => {
  const log: string[] = [];
  const world = worldOf({
    orders: (_, { timers }) => {
      timers.setTimeout(() => {
        log.push('first');
        world.crash('orders', 'input');
      }, 10);
      timers.setTimeout(() => log.push('second'), 20);
    },
  });
  world.startAll();
  world.run(0);
  world.life('orders')!.pause();
  world.run(50);
  world.life('orders')!.resume();
  world.run(Infinity);
  expect(log).toEqual(['first']);
});

test('offers exported functions and the methods of the instance of each exported class', () => {
  class Orders {
    #count = 0;
    place(sku: string): string {
      return `${sku} ${++this.#count}`;
    }
  }
  class NeedsArguments {
    readonly sku: string;
    constructor(sku: string) {
      this.sku = sku;
    }
    ship(): void {}
  }
  const world = worldOf({
    named: () => ({ Orders, NeedsArguments, hello: () => 'hi', default: { bye: () => 'bye' } }),
    alone: () => Orders,
  });
  world.startAll();
  world.run(0);
  const named = (name: string) => world.life('named')!.method(name);
  expect([named('place')!('TEA'), named('place')!('TEA'), named('hello')!(), named('bye')!()]).toEqual([
    'TEA 1',
    'TEA 2',
    'hi',
    'bye',
  ]);
  for (const name of ['ship', 'constructor', 'toString', 'Orders', 'nothing'])
    expect([name, named(name)]).toEqual([name, undefined]);
  expect(world.life('alone')!.method('place')!('TEA')).toBe('TEA 1');
});
