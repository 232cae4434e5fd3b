import { afterEach, expect, test } from 'vitest';
import { context, type Owner } from './context.ts';
import { microtasks, TooManyMicrotasks } from './microtasks.ts';
import { Life } from './node.ts';

afterEach(() => microtasks.clear());

const job = (run: () => void, owner?: Owner) => ({ context: { owner, cause: undefined }, run });

test('ticks come before jobs, and a job’s ticks when the jobs are through: Node’s order', () => {
  const log: string[] = [];
  microtasks.add(
    job(() => {
      log.push('job 1');
      microtasks.addTick(job(() => log.push('tick of job 1')));
      microtasks.add(job(() => log.push('job of job 1')));
    }),
  );
  microtasks.add(job(() => log.push('job 2')));
  microtasks.addTick(
    job(() => {
      log.push('tick 1');
      microtasks.addTick(job(() => log.push('tick of tick 1')));
    }),
  );
  microtasks.drain();
  expect(log).toEqual(['tick 1', 'tick of tick 1', 'job 1', 'job 2', 'job of job 1', 'tick of job 1']);
});

test('the order holds over many jobs', () => {
  const log: number[] = [];
  for (let i = 0; i < 10_000; i++) microtasks.add(job(() => log.push(i)));
  microtasks.drain();
  expect(log).toEqual(Array.from({ length: 10_000 }, (_, i) => i));
  expect(microtasks.size).toBe(0);
});

test.each(['add', 'addTick'] as const)('a drain ends at its budget, with the rest still there: %s', (add) => {
  let ran = 0;
  const again = () => {
    ran++;
    microtasks[add](job(again));
  };
  again();
  expect(() => microtasks.drain(10)).toThrow(TooManyMicrotasks);
  expect(ran).toBe(11);
});

test('a job runs as who asked for it, and leaves the one who drained as he was', () => {
  const owner = new Life('orders', 1);
  let seen: unknown;
  microtasks.add(job(() => (seen = context().owner), owner));
  const before = context();
  microtasks.drain();
  expect(seen).toBe(owner);
  expect(context()).toBe(before);
});

test('jobs of the dead are skipped; jobs of the paused wait, in their order', () => {
  const log: string[] = [];
  const dead = new Life('dead', 1);
  const paused = new Life('paused', 1);
  dead.end();
  paused.pause();
  microtasks.add(job(() => log.push('dead'), dead));
  microtasks.add(job(() => log.push('paused 1'), paused));
  microtasks.add(job(() => log.push('paused 2'), paused));
  microtasks.drain();
  expect(log).toEqual([]);
  paused.resume();
  microtasks.drain();
  expect(log).toEqual(['paused 1', 'paused 2']);
});
