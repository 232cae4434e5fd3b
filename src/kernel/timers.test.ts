import { expect, test } from 'vitest';
import { context, within } from './context.ts';
import { worldOf } from './world.testing.ts';

const at = (time: number, name: string) => `${name}@${time}`;

test('a delay below 1 ms, above 2³¹ − 1 ms or of no number is 1 ms, and fractions are cut off: Node’s rules', () => {
  const world = worldOf({});
  const log: string[] = [];
  for (const delay of [0, -5, NaN, 2 ** 31, undefined, 1.9, 2.5, '3' as unknown as number])
    world.timers.setTimeout((name) => log.push(at(world.now, String(name))), delay, String(delay));
  expect(world.run(Infinity)).toBe('rest');
  expect(log).toEqual(['0@1', '-5@1', 'NaN@1', '2147483648@1', 'undefined@1', '1.9@1', '2.5@2', '3@3']);
});

test('an interval goes on until it is cleared, also by itself', () => {
  const world = worldOf({});
  const log: number[] = [];
  const id = world.timers.setInterval(() => {
    log.push(world.now);
    if (log.length === 3) world.timers.clear(id);
  }, 10);
  expect(world.run(Infinity)).toBe('rest');
  expect(log).toEqual([10, 20, 30]);
});

test('an immediate comes in the same instant, after what was there', () => {
  const world = worldOf({});
  const log: string[] = [];
  world.timers.setTimeout(() => {
    world.timers.setImmediate((name) => log.push(at(world.now, String(name))), 'immediate');
  }, 5);
  world.timers.setTimeout(() => log.push(at(world.now, 'timeout')), 5);
  world.run(Infinity);
  expect(log).toEqual(['timeout@5', 'immediate@5']);
});

test('a cleared timer does not come; clearing what is not there is nothing to complain about', () => {
  const world = worldOf({});
  const id = world.timers.setTimeout(() => expect.unreachable(), 5);
  world.timers.clear(id);
  world.timers.clear(id);
  world.timers.clear(undefined);
  world.timers.clear('no such timer');
  expect([world.run(Infinity), world.now]).toEqual(['rest', 0]);
});

test('what is no function is refused in Node’s words', () => {
  const { timers } = worldOf({});
  expect(() => timers.setTimeout('code' as never)).toThrow(/"callback" argument of setTimeout .* Received string/);
});

test('a timer comes in the context in which it was asked for, and what it throws is that node’s failure', () => {
  const world = worldOf({
    orders: (_, { timers }) => {
      timers.setTimeout(() => {
        throw new Error('late');
      }, 10);
    },
  });
  world.startAll();
  world.run(Infinity);
  expect(world.journal.entries).toMatchObject([
    { seq: 0, type: 'node.started', node: 'orders' },
    { time: 10, type: 'node.failed', node: 'orders', cause: 0, during: 'unhandled', error: { message: 'late' } },
  ]);
});

test('an interval goes on after one of its turns threw', () => {
  const world = worldOf({});
  let turns = 0;
  world.timers.setInterval(() => {
    turns++;
    throw new Error('again');
  }, 10);
  expect(world.run(35)).toBe('granted');
  expect(turns).toBe(3);
});

test('timers of a paused node wait, and one may clear another before it comes', () => {
  const log: string[] = [];
  const world = worldOf({
    orders: (_, { timers }) => {
      timers.setTimeout(() => {
        log.push(at(world.now, 'first'));
        timers.clear(second);
      }, 10);
      const second = timers.setTimeout(() => log.push('second'), 20);
      timers.setTimeout(() => log.push(at(world.now, 'third')), 30);
    },
  });
  world.startAll();
  world.run(5);
  world.life('orders')!.pause();
  world.clock.after(100, () => {});
  world.run(100);
  expect(log).toEqual([]);
  world.life('orders')!.resume();
  world.run(Infinity);
  expect(log).toEqual(['first@100', 'third@100']);
});

test('the dead ask for nothing', () => {
  const world = worldOf({ orders: () => ({}) });
  world.startAll();
  world.run(0);
  const life = world.life('orders')!;
  world.crash('orders', 'input');
  within({ ...context(), owner: life }, () => world.timers.setTimeout(() => expect.unreachable(), 1));
  expect(world.run(Infinity)).toBe('rest');
});
