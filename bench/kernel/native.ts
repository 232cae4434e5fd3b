import { Clock } from '../../src/kernel/clock.ts';
import type { Lap } from '../contest.ts';
import { turnByTurn } from '../turns.ts';
import { start } from './chains.ts';

export async function run(): Promise<Lap> {
  const began = performance.now();
  const clock = new Clock();
  const done = start(clock);
  await turnByTurn(() => clock.step());
  return { rate: (done() / (performance.now() - began)) * 1000, proof: `${done()} at ${clock.now}` };
}
