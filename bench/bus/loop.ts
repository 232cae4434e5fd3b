import { matches, wordsOf } from '../../src/brokers/bus/pattern.ts';
import type { Lap } from '../contest.ts';
import { events, patterns, topicOf, topics } from './world.ts';

/** The same in a plain loop: who gets which type of event is known beforehand. */
export function run(): Lap {
  let acked = 0;
  const handlers = patterns.map((pattern) => ({
    pattern: wordsOf(pattern),
    handle: ({ data }: { data: number }) => void (acked += data),
  }));
  const table = new Map(
    topics.map((topic) => [
      topic,
      handlers.filter(({ pattern }) => matches(pattern, wordsOf(topic))).map(({ handle }) => handle),
    ]),
  );
  const began = performance.now();
  for (let n = 0; n < events.bare; n++) {
    const event = { data: 1 };
    for (const handle of table.get(topics[topicOf(n)]!)!) handle(event);
  }
  return { rate: (acked / (performance.now() - began)) * 1000, proof: acked };
}
