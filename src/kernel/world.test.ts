import { expect, test } from 'vitest';
import type { KernelFact } from './facts.ts';
import { budgets } from './guard.ts';
import { microtasks } from './microtasks.ts';
import { VirtualPromise } from './promise.ts';
import { facts, sleep, worldOf } from './world.testing.ts';

const logged = (text: string) => ({ type: 'console.logged', level: 'log', text }) as const;

test('promises are through before virtual time goes on', () => {
  const log: string[] = [];
  const world = worldOf({});
  const hops = (n: number): VirtualPromise<unknown> =>
    n === 0 ? VirtualPromise.resolve() : VirtualPromise.resolve().then(() => hops(n - 1));
  world.clock.after(1, () => void hops(30).then(() => log.push(`after 30 hops, at ${world.now}`)));
  world.clock.after(2, () => log.push(`next, at ${world.now}`));
  world.run(Infinity);
  expect(log).toEqual(['after 30 hops, at 1', 'next, at 2']);
});

test('a run goes as far as it is granted, and no further', () => {
  const world = worldOf({});
  for (const time of [10, 20, 30]) world.clock.after(time, () => world.record('orders', logged(String(time))));
  expect([world.run(20), world.now, world.journal.entries.length]).toEqual(['granted', 20, 2]);
  expect([world.run(29), world.now]).toEqual(['granted', 20]);
  expect([world.run(Infinity), world.now, world.journal.entries.length]).toEqual(['rest', 30, 3]);
});

test('a run can be taken in slices and comes out the same', () => {
  const journal = (sliced: () => boolean) => {
    const world = worldOf({
      orders: (_, { timers }) => void timers.setInterval(() => world.record('orders', logged(String(world.now))), 10),
    });
    world.startAll();
    while (world.run(5_000, sliced) === 'sliced');
    return JSON.stringify(world.journal.entries);
  };
  expect(journal(() => true)).toBe(journal(() => false));
});

test('a library’s heartbeat keeps no run from coming to rest', () => {
  const world = worldOf({});
  const beat = (): void => void world.clock.after(10, beat, true);
  beat();
  world.clock.after(25, () => {});
  expect([world.run(Infinity), world.now]).toEqual(['rest', 25]);
});

test('time stands still while it is held', () => {
  const world = worldOf({});
  let done = false;
  world.clock.after(10, () => world.hold());
  world.clock.after(20, () => (done = true));
  expect([world.run(Infinity), world.now, done]).toEqual(['held', 10, false]);
  world.release();
  expect([world.run(Infinity), world.now, done]).toEqual(['rest', 20, true]);
});

test('the end of an instant is told until nobody makes anything of it', () => {
  const world = worldOf({});
  const log: string[] = [];
  let parked = 2;
  world.onInstant(() => {
    if (parked === 0) return false;
    log.push(`commit ${parked--} at ${world.now}`);
    void VirtualPromise.resolve().then(() => log.push('its reaction'));
    return true;
  });
  world.clock.after(5, () => {});
  world.run(Infinity);
  expect(log).toEqual(['commit 2 at 0', 'its reaction', 'commit 1 at 0', 'its reaction']);
});

test('a rejection that nobody hears is a failure of the node that it came from, once', () => {
  const world = worldOf({
    orders: () => {
      void VirtualPromise.reject(new Error('unheard'));
      void VirtualPromise.reject(new Error('heard')).catch(() => {});
      const late = VirtualPromise.reject(new Error('heard too late'));
      world.timers.setTimeout(() => void late.catch(() => {}), 10);
    },
  });
  world.startAll();
  world.run(Infinity);
  expect(facts(world.journal.entries, 'node.failed')).toEqual([
    { node: 'orders', type: 'node.failed', during: 'unhandled', error: { name: 'Error', message: 'unheard' } },
    { node: 'orders', type: 'node.failed', during: 'unhandled', error: { name: 'Error', message: 'heard too late' } },
  ]);
});

const endless: Record<string, (world: ReturnType<typeof worldOf<KernelFact>>) => void> = {
  microtasks: () => {
    const forever = (): unknown => VirtualPromise.resolve().then(forever);
    forever();
  },
  tasks: ({ timers, guard }) => {
    const probe = guard.probe('orders.ts');
    const forever = () => void timers.setImmediate(probe.at(forever, 3, 5));
    forever();
  },
  entries: (world) => {
    const forever = (): void => {
      world.record('orders', logged('again'));
      world.timers.setTimeout(forever, 1);
    };
    forever();
  },
  loop: (world) => {
    const probe = world.guard.probe('orders.ts');
    for (;;) probe.turn(3, 5);
  },
};

test.each(Object.entries(endless))(
  'code without an end is stopped by its budget of %s, and the last entry says so',
  (budget, code) => {
    const world = worldOf<KernelFact>({
      orders: () => void world.timers.setTimeout(() => code(world), 10),
    });
    world.startAll();
    expect(world.run(Infinity)).toBe('stopped');
    const { length } = world.journal.entries;
    expect(world.journal.entries.at(-1)).toMatchObject({
      node: 'orders',
      type: 'node.failed',
      during: 'budget',
      budget,
    });
    expect(length).toBeLessThanOrEqual(budgets.entries + 2);
    expect(world.run(Infinity)).toBe('stopped');
    expect(world.journal.entries).toHaveLength(length);
  },
);

test('a budget exceeded while a broker works ends the run and is no bug of ours', () => {
  const world = worldOf<KernelFact>({});
  world.clock.after(1, () => {
    for (;;) world.record('bus', logged('again'));
  });
  expect(world.run(Infinity)).toBe('stopped');
  expect(world.journal.entries.filter(({ type }) => type === 'node.failed')).toHaveLength(1);
});

test('a new world begins with nothing of the one before', () => {
  const old = worldOf({ orders: () => void VirtualPromise.reject(new Error('of the old world')) });
  old.startAll();
  const world = worldOf({});
  expect(microtasks.size).toBe(0);
  expect([world.run(Infinity), world.journal.entries]).toEqual(['rest', []]);
});

test('a fact knows what led to it, through timers and promises', () => {
  const world = worldOf({
    orders: () =>
      void sleep(world, 10)
        .then(() => sleep(world, 10))
        .then(() => world.record('orders', logged('done'))),
  });
  world.startAll();
  world.run(Infinity);
  expect(world.journal.entries.map(({ type, cause }) => [type, cause])).toEqual([
    ['node.started', undefined],
    ['console.logged', 0],
  ]);
});

test('an error keeps the place that it was blamed on', () => {
  const world = worldOf({});
  const at = { file: 'orders.ts', line: 1, column: 2 };
  expect(world.describe(world.blame(new Error('x'), at))).toEqual({ name: 'Error', message: 'x', at });
  expect(world.describe(world.blame(new Error('x'), undefined))).toEqual({ name: 'Error', message: 'x' });
});
