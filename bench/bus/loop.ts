import { matches, wordsOf } from '../../src/brokers/bus/pattern.ts';
import type { Lap } from '../contest.ts';
import { events, patterns, topicOf, topics } from './world.ts';

/** The same in a plain loop: who gets what is known beforehand. */
export function run(): Lap {
  let acked = 0;
  const handlers = patterns.map((pattern) => ({
    pattern,
    handle: ({ data }: { data: number }) => void (acked += data),
  }));
  const table = topics.map((topic) =>
    handlers.filter(({ pattern }) => matches(wordsOf(pattern), wordsOf(topic))).map(({ handle }) => handle),
  );
  const began = performance.now();
  for (let n = 0; n < events.bare; n++) {
    const event = { data: 1 };
    for (const handle of table[topicOf(n)]!) handle(event);
  }
  return { rate: (acked / (performance.now() - began)) * 1000, proof: acked };
}
