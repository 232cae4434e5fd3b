import type { Lap } from '../contest.ts';
import { begin, shipped } from './scenario.ts';

const seeds = 1_000;

export function run(): Lap {
  const began = performance.now();
  let done = 0;
  for (let seed = 0; seed < seeds; seed++) {
    const world = begin(seed);
    world.run(Infinity);
    done += shipped(world);
  }
  return { rate: (seeds / (performance.now() - began)) * 1000, proof: done / seeds };
}
