import { BusServer } from '../../src/brokers/bus/server.ts';
import { worldOf } from '../../src/kernel/world.testing.ts';
import type { Lap } from '../contest.ts';
import { events, patterns, topicOf, topics } from './world.ts';

/** How many events are published in one virtual ms. */
const together = 20;

/** The whole way: clock, links, pipelines, acknowledgements, every step of it a fact in the journal. */
export function run(): Lap {
  let handled = 0;
  const began = performance.now();
  const world = worldOf<never>({
    service: (life) => {
      for (const pattern of patterns) bus.subscribe(life, pattern, () => void handled++);
    },
  });
  const bus = new BusServer(world as never);
  world.startAll();
  for (let first = 0; first < events.whole; first += together)
    world.clock.after(first / together, () => {
      for (let n = first; n < first + together; n++) void bus.publish(topics[topicOf(n)]!, { n });
    });
  if (world.run(Infinity) !== 'rest') throw new Error('the run did not come to rest');
  return { rate: (handled / (performance.now() - began)) * 1000, proof: handled };
}
