import type { Lap } from '../contest.ts';
import { turnByTurn } from '../turns.ts';
import { begin, digest, proved, seeds } from './scenario.ts';

export async function run(): Promise<Lap> {
  const began = performance.now();
  let proof = 0;
  for (let seed = 0; seed < seeds; seed++) {
    const world = begin(seed);
    await turnByTurn(() => world.clock.foreground > 0 && world.clock.step());
    if (seed < proved) proof = digest(proof, world);
  }
  return { rate: (seeds / (performance.now() - began)) * 1000, proof };
}
