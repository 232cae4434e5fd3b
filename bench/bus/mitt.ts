import mitt from 'mitt';
import { matches, wordsOf } from '../../src/brokers/bus/pattern.ts';
import type { Lap } from '../contest.ts';
import { events, patterns, topicOf, topics } from './world.ts';

/** The same with mitt, which has no patterns: each handler is registered for every topic that it wants. */
export function run(): Lap {
  let acked = 0;
  const emitter = mitt<Record<string, { data: number }>>();
  for (const topic of topics)
    for (const pattern of patterns)
      if (matches(wordsOf(pattern), wordsOf(topic))) emitter.on(topic, ({ data }) => void (acked += data));
  const began = performance.now();
  for (let n = 0; n < events.bare; n++) emitter.emit(topics[topicOf(n)]!, { data: 1 });
  return { rate: (acked / (performance.now() - began)) * 1000, proof: acked };
}
