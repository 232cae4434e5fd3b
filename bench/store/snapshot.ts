import type { Lap } from '../contest.ts';
import { accountStore, deposit, stream } from './account.ts';

const store = accountStore();

/** The balance from the last snapshot and what came after it. */
export function run(): Lap {
  const began = performance.now();
  const { revision, state } = store.loadSnapshot(stream)!;
  const balance = store.read(stream, { from: revision + 1 }).reduce(deposit, state as number);
  return { rate: 1000 / Math.max(performance.now() - began, 0.005), proof: balance };
}
