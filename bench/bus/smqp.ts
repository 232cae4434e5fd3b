import { Broker } from 'smqp';
import type { Lap } from '../contest.ts';
import { events, patterns, topicOf, topics } from './world.ts';

/** The same with smqp, an AMQP-like broker in memory: a topic exchange, a queue for each pattern, consumers that acknowledge. */
export function run(): Lap {
  let handled = 0;
  const began = performance.now();
  const broker = new Broker();
  broker.assertExchange('events', 'topic');
  for (const [at, pattern] of patterns.entries()) {
    broker.assertQueue(`queue-${at}`);
    broker.bindQueue(`queue-${at}`, 'events', pattern);
    broker.consume(`queue-${at}`, (_, message) => {
      handled++;
      message.ack();
    });
  }
  for (let n = 0; n < events.whole; n++) broker.publish('events', topics[topicOf(n)]!, { n });
  return { rate: (handled / (performance.now() - began)) * 1000, proof: handled };
}
