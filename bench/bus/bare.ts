import { Router } from '../../src/brokers/bus/router.ts';
import type { Lap } from '../contest.ts';
import { events, patterns, topicOf, topics } from './world.ts';

/** Publish → match → deliver → acknowledge, without clock and journal: our router in front of plain handlers. */
export function run(): Lap {
  let acked = 0;
  const router = new Router<(event: { data: number }) => void>();
  for (const pattern of patterns) router.add(pattern, ({ data }) => void (acked += data));
  const began = performance.now();
  for (let n = 0; n < events.bare; n++) {
    const event = { data: 1 };
    for (const handle of router.route(topics[topicOf(n)]!)) handle(event);
  }
  return { rate: (acked / (performance.now() - began)) * 1000, proof: acked };
}
