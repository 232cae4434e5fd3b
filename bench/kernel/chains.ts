import type { Clock } from '../../src/kernel/clock.ts';

/** How many timers come due, each with one await behind it. */
export const tasks = 100_000;
const chains = 20;

/** Twenty programs that sleep and go on, as learner code does. Gives how many tasks were done so far. */
export function start(clock: Clock): () => number {
  let done = 0;
  const sleep = (ms: number) => new Promise<void>((resolve) => void clock.after(ms, resolve));
  const chain = async (own: number) => {
    for (let turn = 0; turn < tasks / chains; turn++) {
      await sleep(1 + ((turn * 7 + own) % 10));
      done++;
    }
  };
  for (let own = 0; own < chains; own++) void chain(own);
  return () => done;
}
