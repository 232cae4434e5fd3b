import type { Lap } from '../contest.ts';

/** How often `act` can be done in a second. */
export function measure(times: number, act: () => void): Lap {
  const start = performance.now();
  for (let i = 0; i < times; i++) act();
  return { rate: (times * 1000) / (performance.now() - start) };
}
