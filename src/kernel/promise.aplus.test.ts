import { createRequire } from 'node:module';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { microtasks } from './microtasks.ts';
import { VirtualPromise } from './promise.ts';

/** The public suite drives a promise by real time: while it runs, a turn of the event loop drains our queue. */
const run = createRequire(import.meta.url)('promises-aplus-tests') as (
  adapter: object,
  options: object,
  done: (error: { failures: number } | null) => void,
) => void;

let turning = true;
beforeAll(() => {
  const turn = () => {
    microtasks.drain();
    if (turning) setImmediate(turn);
  };
  turn();
});
afterAll(() => {
  turning = false;
});

test('passes the Promises/A+ suite', { timeout: 120_000 }, async () => {
  let passed = 0;
  const failures = await new Promise<number>((done) => {
    const adapter = {
      deferred: () => VirtualPromise.withResolvers(),
      resolved: (value: unknown) => VirtualPromise.resolve(value),
      rejected: (reason: unknown) => VirtualPromise.reject(reason),
    };
    class Quiet {
      constructor(runner: { on(event: string, listener: () => void): void }) {
        runner.on('pass', () => passed++);
      }
    }
    run(adapter, { reporter: Quiet, timeout: 60_000 }, (error) => done(error?.failures ?? 0));
  });
  expect(failures).toBe(0);
  expect(passed).toBe(872);
});
