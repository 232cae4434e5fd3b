import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Clock, type Timer } from './clock.ts';

/** Steps to the end. */
function run(clock: Clock): void {
  while (clock.step());
}

test('what is due earlier happens earlier, and among equals what was asked for first', () => {
  const clock = new Clock();
  const log: string[] = [];
  for (const [delay, name] of [
    [20, 'c'],
    [10, 'a'],
    [20, 'd'],
    [10, 'b'],
  ] as const)
    clock.after(delay, () => log.push(`${name}@${clock.now}`));
  run(clock);
  expect(log).toEqual(['a@10', 'b@10', 'c@20', 'd@20']);
});

test('work that asks for no delay happens in the same instant, after what was there', () => {
  const clock = new Clock();
  const log: string[] = [];
  clock.after(5, () => clock.after(0, () => log.push(`child@${clock.now}`)));
  clock.after(5, () => log.push(`sibling@${clock.now}`));
  run(clock);
  expect(log).toEqual(['sibling@5', 'child@5']);
});

test.each([-1, NaN, -Infinity])('a delay of %d is no delay', (delay) => {
  const clock = new Clock();
  clock.after(delay, () => {});
  expect(clock.next).toBe(0);
});

test('an endless delay is still a time', () => {
  const clock = new Clock();
  clock.after(Infinity, () => {});
  expect(clock.next).toBeLessThan(Infinity);
});

test('a cancelled timer is neither waited for nor done, however often it is cancelled', () => {
  const clock = new Clock();
  const timer = clock.after(5, () => expect.unreachable());
  expect([timer.pending, clock.foreground]).toEqual([true, 1]);
  timer.cancel();
  timer.cancel();
  expect([timer.pending, clock.foreground, clock.next, clock.step()]).toEqual([false, 0, Infinity, false]);
});

test('a timer that is being done is no longer pending', () => {
  const clock = new Clock();
  const timer: Timer = clock.after(5, () => expect(timer.pending).toBe(false));
  run(clock);
  timer.cancel();
  expect(clock.foreground).toBe(0);
});

test('work in the background is done, but nobody waits for it', () => {
  const clock = new Clock();
  const log: number[] = [];
  const beat = () => {
    log.push(clock.now);
    clock.after(10, beat, true);
  };
  clock.after(10, beat, true);
  clock.after(25, () => log.push(clock.now));
  while (clock.foreground > 0) clock.step();
  expect(log).toEqual([10, 20, 25]);
});

test('time can be advanced up to the next thing that happens, and not back', () => {
  const clock = new Clock();
  clock.after(10, () => {});
  clock.advance(7);
  expect(clock.now).toBe(7);
  clock.advance(3);
  clock.advance(11);
  expect(clock.now).toBe(7);
});

/** What a program of the property does: ask for a delay, take back the nth asked for, or step. */
const deed = fc.oneof(
  { weight: 3, arbitrary: fc.record({ after: fc.integer({ min: 0, max: 20 }) }) },
  { weight: 1, arbitrary: fc.record({ cancel: fc.nat(40) }) },
  { weight: 2, arbitrary: fc.constant('step' as const) },
);

test('the heap does what a sorted array would do', () => {
  fc.assert(
    fc.property(fc.array(deed, { maxLength: 200 }), (deeds) => {
      const clock = new Clock();
      const happened: number[] = [];
      const timers: Timer[] = [];
      const expected: number[] = [];
      let waiting: { time: number; id: number }[] = [];
      let now = 0;
      const step = () => {
        const next = waiting.toSorted((a, b) => a.time - b.time || a.id - b.id)[0];
        expect(clock.step()).toBe(next !== undefined);
        if (!next) return;
        now = next.time;
        expected.push(next.id);
        waiting = waiting.filter((each) => each !== next);
      };
      for (const each of deeds) {
        if (each === 'step') step();
        else if ('after' in each) {
          const id = timers.length;
          timers.push(clock.after(each.after, () => happened.push(id)));
          waiting.push({ time: now + each.after, id });
        } else {
          timers[each.cancel]?.cancel();
          waiting = waiting.filter(({ id }) => id !== each.cancel);
        }
        expect([clock.now, clock.foreground]).toEqual([now, waiting.length]);
      }
      while (waiting.length > 0) step();
      expect(happened).toEqual(expected);
    }),
  );
});
