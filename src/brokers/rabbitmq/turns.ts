import type { Channel, Consumer, Queue } from './state.ts';

/**
 * Whose turn it is to get the next message of a queue (`rabbit_queue_consumers`): by consumer priority, in a circle among
 * equals. A consumer that is found full leaves the circle and joins its end again when it can take more.
 */
export class Turns {
  readonly #circles = new Map<string, Consumer[]>();
  readonly #full = new Map<string, Set<Consumer>>();

  join(consumer: Consumer): void {
    let circle = this.#circles.get(consumer.queue);
    if (!circle) this.#circles.set(consumer.queue, (circle = []));
    const at = circle.findIndex(({ priority }) => priority < consumer.priority);
    circle.splice(at < 0 ? circle.length : at, 0, consumer);
  }

  leave(consumer: Consumer): void {
    const circle = this.#circles.get(consumer.queue) ?? [];
    if (circle.includes(consumer)) circle.splice(circle.indexOf(consumer), 1);
    this.#full.get(consumer.channel)?.delete(consumer);
  }

  forget(queue: string): void {
    for (const full of this.#full.values())
      for (const consumer of full) if (consumer.queue === queue) full.delete(consumer);
    this.#circles.delete(queue);
  }

  /** The consumer of the queue that gets the next message; none when all are full. `channelOf` knows their channels. */
  next(queue: Queue, channelOf: (id: string) => Channel, single: boolean): Consumer | undefined {
    const circle = this.#circles.get(queue.name) ?? [];
    for (let at = 0; at < circle.length;) {
      const consumer = circle[at]!;
      if (single && consumer !== queue.active) {
        at++;
        continue;
      }
      circle.splice(at, 1);
      if (hasRoom(consumer, channelOf(consumer.channel))) {
        this.join(consumer);
        return consumer;
      }
      let full = this.#full.get(consumer.channel);
      if (!full) this.#full.set(consumer.channel, (full = new Set<Consumer>()));
      full.add(consumer);
    }
    return undefined;
  }

  /** Consumers of the channel that were full and are not any more join their circles again; gives the queues that are theirs. */
  wake(channel: Channel): readonly string[] {
    const full = this.#full.get(channel.id);
    if (!full || full.size === 0) return [];
    const woken = [...full].filter((consumer) => hasRoom(consumer, channel));
    for (const consumer of woken) {
      full.delete(consumer);
      this.join(consumer);
    }
    return [...new Set(woken.map(({ queue }) => queue))];
  }
}

function hasRoom(consumer: Consumer, channel: Channel): boolean {
  if (consumer.noAck) return true;
  const { prefetch, unacked } = consumer;
  return (
    (prefetch === 0 || unacked < prefetch) && (channel.globalPrefetch === 0 || channel.taken < channel.globalPrefetch)
  );
}
