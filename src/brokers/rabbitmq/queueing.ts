import type { Timer } from '../../kernel/clock.ts';
import { epoch } from '../../kernel/world.ts';
import type { Broker } from './broker.ts';
import type { Content } from './content.ts';
import { bury, isCycle } from './deadletter.ts';
import { integerOf, long, lookup, textOf } from './field.ts';
import { isQuorum, type DeathReason, type Message, type Queue, type Unacked } from './state.ts';

/** How often a message of a quorum queue may come back where `x-delivery-limit` says nothing (since RabbitMQ 4.0). */
const deliveryLimit = 20;

/** Where a copy is when it is not at the head of its queue: delivered and not acknowledged. */
interface Held {
  readonly channel: string;
  readonly deliveryTag: number;
}

/** Where a message goes, what it is called there, and how it dies when nobody takes it. */
export interface Arriving {
  readonly exchange: string;
  readonly routingKeys: readonly string[];
  readonly content: Content;
}

/** The life of messages in queues: they arrive, are delivered in turn, expire, overflow, come back and die. */
export class Queueing {
  readonly #broker: Broker;
  /** For the head of each queue that expires. */
  readonly #expiries = new Map<string, Timer & { readonly due: number }>();

  constructor(broker: Broker) {
    this.#broker = broker;
  }

  /** The queues that a message leads to: those that take it, and those that are full and refuse. */
  destinations({ exchange, routingKeys, content }: Arriving): {
    readonly queues: string[];
    readonly refusedBy: string[];
  } {
    const queues: string[] = [];
    const refusedBy: string[] = [];
    for (const name of this.#broker.router.route(exchange, routingKeys, content.properties.headers ?? {})) {
      const queue = this.#broker.state.queues.get(name)!;
      (refuses(queue, content.body.length, this.#bytes(queue)) ? refusedBy : queues).push(name);
    }
    return { queues, refusedBy };
  }

  /** Goes on after a message has been enqueued in these queues: delivers it, or makes room for it. */
  arrived(queues: readonly string[]): void {
    for (const name of queues) {
      const queue = this.#broker.state.queues.get(name);
      if (queue) this.flow(queue);
    }
  }

  /** Goes on after messages have come back to these queues: what is too much dies before anything is delivered. */
  returned(queues: readonly string[]): void {
    for (const name of new Set(queues)) {
      const queue = this.#broker.state.queues.get(name);
      if (!queue) continue;
      this.#dropTooMuch(queue);
      this.flow(queue);
    }
  }

  /** Delivers what can be delivered; what then is too much or too old dies. */
  flow(queue: Queue): void {
    if (!this.#lives(queue)) return;
    const { turns, channel } = this.#broker;
    const single = lookup(queue.arguments, 'x-single-active-consumer')?.value === true;
    for (;;) {
      this.#expire(queue, this.#broker.world.now);
      if (!queue.ready.head) break;
      const consumer = turns.next(queue, channel, single);
      if (!consumer) break;
      this.deliver(queue, consumer.channel, consumer.noAck, consumer);
    }
    this.#dropTooMuch(queue);
    this.#expire(queue, this.#broker.world.now + 1);
    this.#watch(queue);
  }

  /** Hands the head of a queue to a channel; without a consumer it is the answer to `basic.get`. */
  deliver(queue: Queue, channel: string, noAck: boolean, consumer?: { readonly tag: string }): void {
    const broker = this.#broker;
    const copy = queue.ready.head!;
    const { exchange, routingKeys, seq: brought } = broker.state.messages.get(copy.id)!;
    const content = broker.contents.get(copy.id)!;
    const deliveryTag = broker.channel(channel).nextTag;
    const { redelivered, returns } = copy;
    const { connection } = broker.channel(channel);
    const { seq } = broker.recordEnd(
      {
        type: 'rabbit.delivered',
        id: copy.id,
        queue: queue.name,
        channel,
        client: broker.state.connections.get(connection)!.client,
        ...(consumer ? { consumer: consumer.tag } : {}),
        deliveryTag,
        redelivered,
        noAck,
      },
      brought,
    );
    broker.listeners.get(channel)!.deliver({
      consumerTag: consumer?.tag,
      deliveryTag,
      redelivered,
      exchange,
      routingKey: routingKeys[0]!,
      // `basic.get` says it even of what comes for the first time.
      content: isQuorum(queue) && (returns > 0 || !consumer) ? counted(content, returns) : content,
      left: queue.ready.size,
      cause: seq,
    });
  }

  /** The next message that is still alive, for `basic.get`. */
  freshHead(queue: Queue): boolean {
    this.#expire(queue, this.#broker.world.now + 1);
    return queue.ready.head !== undefined;
  }

  /** A delivery comes back: its message is ready again where it was, unless it has come back too often. */
  requeue(unacked: Unacked, held: Held, because: 'nack' | 'reject' | 'recover' | 'channel-closed'): void {
    const { queue, copy } = unacked;
    if (this.#lives(queue) && isQuorum(queue)) {
      const limit = integerOf(lookup(queue.arguments, 'x-delivery-limit')) ?? deliveryLimit;
      if (limit >= 0 && copy.returns + 1 > limit) {
        this.die(queue, copy.id, 'delivery_limit', held);
        return;
      }
    }
    this.#broker.recordEnd({ type: 'rabbit.requeued', id: copy.id, queue: queue.name, ...held, because });
  }

  /** A delivery is rejected for good. */
  reject({ queue, copy }: Unacked, held: Held): void {
    if (this.#lives(queue)) this.die(queue, copy.id, 'rejected', held);
    else
      this.#broker.recordEnd({ type: 'rabbit.dropped', id: copy.id, queue: queue.name, reason: 'rejected', ...held });
  }

  /** A full queue that dead-letters what it refuses. */
  refused(name: string, id: string, arriving: Arriving): void {
    const queue = this.#broker.state.queues.get(name)!;
    if (textOf(lookup(queue.arguments, 'x-overflow')) !== 'reject-publish-dlx') return;
    this.#bury(queue, id, arriving, 'maxlen', { refused: true });
  }

  /** Takes all ready messages out of a queue; gives how many they were. */
  purge(queue: Queue): number {
    const { size } = queue.ready;
    while (queue.ready.head)
      this.#broker.recordEnd({ type: 'rabbit.dropped', id: queue.ready.head.id, queue: queue.name, reason: 'purged' });
    this.#watch(queue);
    return size;
  }

  /** The queue is gone, and with it the timer of its head and the bytes that only it held. */
  forget(name: string, ids: readonly string[]): void {
    this.#expiries.get(name)?.cancel();
    this.#expiries.delete(name);
    for (const id of ids) if (!this.#broker.state.messages.has(id)) this.#broker.contents.delete(id);
  }

  /** A message dies in a queue: it goes on as a dead letter, or nowhere. */
  die(queue: Queue, id: string, reason: DeathReason, held?: Held): void {
    const broker = this.#broker;
    const message: Message = broker.state.messages.get(id)!;
    const arriving = { ...message, content: broker.contents.get(id)! };
    if (!this.#bury(queue, id, arriving, reason, held ?? {}))
      broker.recordEnd({ type: 'rabbit.dropped', id, queue: queue.name, reason, ...held });
  }

  #dieAtHead(queue: Queue, reason: DeathReason): void {
    this.die(queue, queue.ready.head!.id, reason);
  }

  /** Publishes a dead letter, if the queue has a dead-letter exchange and that is there. */
  #bury(
    queue: Queue,
    id: string,
    { exchange, routingKeys, content }: Arriving,
    reason: DeathReason,
    how: Partial<Held> & { readonly refused?: boolean },
  ): boolean {
    const broker = this.#broker;
    const target = textOf(lookup(queue.arguments, 'x-dead-letter-exchange'));
    if (target === undefined || !broker.state.exchanges.has(target)) return false;
    const key = textOf(lookup(queue.arguments, 'x-dead-letter-routing-key'));
    const time = Math.floor((epoch + broker.world.now) / 1000);
    const properties = bury(content.properties, { queue: queue.name, reason, exchange, routingKeys, time });
    const letter: Arriving = {
      exchange: target,
      routingKeys: key === undefined ? routingKeys : [key],
      content: { properties, body: content.body },
    };
    const { headers = {} } = properties;
    const queues = this.destinations(letter).queues.filter((name) => !isCycle(name, headers));
    const as = broker.newMessage();
    if (queues.length > 0) broker.contents.set(as, letter.content);
    broker.recordEnd({
      type: 'rabbit.deadLettered',
      id,
      queue: queue.name,
      reason,
      as,
      ...how,
      exchange: target,
      routingKeys: letter.routingKeys,
      queues,
      persistent: properties.deliveryMode === 2,
      priority: properties.priority ?? 0,
    });
    this.arrived(queues);
    return true;
  }

  /** Only the head of a queue expires: what stands behind it waits until it is the head. `before` in virtual ms. */
  #expire(queue: Queue, before: number): void {
    for (let { head } = queue.ready; head?.expires !== undefined && head.expires < before; { head } = queue.ready)
      this.#dieAtHead(queue, 'expired');
  }

  /** Wakes up when the head expires. */
  #watch(queue: Queue): void {
    const due = queue.ready.head?.expires;
    const armed = this.#expiries.get(queue.name);
    if (armed?.pending && armed.due === due) return;
    armed?.cancel();
    if (due === undefined || !this.#lives(queue)) {
      this.#expiries.delete(queue.name);
      return;
    }
    const { world } = this.#broker;
    const timer = this.#broker.after(due - world.now, () => this.flow(queue));
    this.#expiries.set(queue.name, Object.assign(timer, { due }));
  }

  #dropTooMuch(queue: Queue): void {
    while (this.#overflows(queue)) this.#dieAtHead(queue, 'maxlen');
  }

  #overflows(queue: Queue): boolean {
    const overflow = textOf(lookup(queue.arguments, 'x-overflow')) ?? 'drop-head';
    if (overflow !== 'drop-head' || queue.ready.size === 0) return false;
    const most = integerOf(lookup(queue.arguments, 'x-max-length')) ?? Infinity;
    const mostBytes = integerOf(lookup(queue.arguments, 'x-max-length-bytes')) ?? Infinity;
    return queue.ready.size > most || (mostBytes !== Infinity && this.#bytes(queue) > mostBytes);
  }

  /** The bodies of what is ready: bytes. Counted only where somebody asks. */
  #bytes(queue: Queue): number {
    if (!lookup(queue.arguments, 'x-max-length-bytes')) return 0;
    let sum = 0;
    for (const { id } of queue.ready) sum += this.#broker.contents.get(id)!.body.length;
    return sum;
  }

  #lives(queue: Queue): boolean {
    return this.#broker.state.queues.get(queue.name) === queue;
  }
}

function refuses({ arguments: args, ready }: Queue, size: number, bytes: number): boolean {
  if (!textOf(lookup(args, 'x-overflow'))?.startsWith('reject-publish')) return false;
  const most = integerOf(lookup(args, 'x-max-length')) ?? Infinity;
  const mostBytes = integerOf(lookup(args, 'x-max-length-bytes')) ?? Infinity;
  return ready.size + 1 > most || bytes + size > mostBytes;
}

/** Quorum queues say how often a message has come back. */
function counted({ properties, body }: Content, returns: number): Content {
  return { properties: { ...properties, headers: { ...properties.headers, 'x-delivery-count': long(returns) } }, body };
}
