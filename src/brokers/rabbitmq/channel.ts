import type { Place } from '../../kernel/facts.ts';
import { longestTimer, priorityOf } from './argument.ts';
import type { Broker, Listener } from './broker.ts';
import { plainProperties, textOfBody, type Content, type Properties } from './content.ts';
import { sorted } from './deadletter.ts';
import { lookup, type Table } from './field.ts';
import { naming, refuse } from './refusal.ts';
import type { Queueing } from './queueing.ts';
import type { Unacked } from './state.ts';
import type { Topology } from './topology.ts';

/** The pseudo-queue of direct reply-to, and what the names made of it begin with. */
const replyTo = 'amq.rabbitmq.reply-to';

/** The largest body that is accepted (`max_message_size` of RabbitMQ 4.0): bytes. */
const largest = 16 * 1024 * 1024;

interface ConsumeOptions {
  readonly queue: string;
  readonly consumerTag: string;
  readonly noAck: boolean;
  readonly exclusive: boolean;
  readonly arguments: Table;
}

/** What the answer to `queue.declare` says: how many messages are ready, how many consumers there are. */
interface Declared {
  readonly name: string;
  readonly ready: number;
  readonly consumers: number;
}

interface Publication {
  readonly exchange: string;
  readonly routingKey: string;
  readonly mandatory: boolean;
  readonly content: Content;
  /** The learner's line that publishes, where it is known. */
  readonly at?: Place | undefined;
}

/** Consumers of direct replies, by the name that stands in `replyTo`. */
export type Replies = Map<string, { readonly channel: string; readonly consumerTag: string }>;

/** One channel of a connection: what a client does there. Commands throw a `Refusal` where the server would close it. */
export class Channel {
  readonly id: string;
  readonly #broker: Broker;
  readonly #queueing: Queueing;
  readonly #topology: Topology;
  readonly #replies: Replies;
  readonly #connection: string;
  readonly #client: string;
  readonly #user: string;
  /** The queue that an empty name means. */
  #lastQueue: string | undefined;
  #confirming = false;
  #published = 0;
  /** The name under which this channel takes direct replies. */
  #reply: string | undefined;

  constructor(
    parts: {
      readonly broker: Broker;
      readonly queueing: Queueing;
      readonly topology: Topology;
      readonly replies: Replies;
    },
    connection: { readonly id: string; readonly client: string; readonly user: string },
    number: number,
    listener: Listener,
  ) {
    this.#broker = parts.broker;
    this.#queueing = parts.queueing;
    this.#topology = parts.topology;
    this.#replies = parts.replies;
    this.#connection = connection.id;
    this.#client = connection.client;
    this.#user = connection.user;
    this.id = `${connection.id}/${number}`;
    this.#broker.record({ type: 'rabbit.channelOpened', channel: this.id, connection: connection.id });
    this.#broker.listeners.set(this.id, listener);
  }

  get #state() {
    return this.#broker.channel(this.id);
  }

  /** Closes the channel: its consumers go, and what they have not acknowledged is ready again. */
  close(because: { readonly code?: number; readonly text?: string } = {}): void {
    this.#broker.listeners.delete(this.id);
    if (this.#reply !== undefined) this.#replies.delete(this.#reply);
    const mine = [...this.#broker.state.queues.values()].flatMap((queue) =>
      queue.consumers.filter(({ channel }) => channel === this.id).map(({ tag }) => ({ queue, tag })),
    );
    for (const { queue, tag } of mine) this.#topology.cancel(queue, this.id, tag, 'channel-closed');
    const touched = this.#requeueAll('channel-closed');
    this.#broker.record({ type: 'rabbit.channelClosed', channel: this.id, ...because });
    for (const { queue } of mine) this.#topology.left(queue);
    this.#queueing.returned([...touched, ...mine.map(({ queue }) => queue.name)]);
  }

  declareExchange(asked: Parameters<Topology['declareExchange']>[0]): void {
    this.#topology.declareExchange(asked);
  }

  deleteExchange(name: string, ifUnused: boolean): void {
    this.#topology.deleteExchange(name, ifUnused);
  }

  /** Declares a queue and says what is in it. */
  declareQueue(asked: Parameters<Topology['declareQueue']>[0]): Declared {
    if (asked.passive && asked.queue.startsWith(replyTo)) return this.#declaredReply(asked.queue);
    const named = asked.passive ? { ...asked, queue: this.#named(asked.queue) } : asked;
    const { name, ready, consumers } = this.#topology.declareQueue(named, this.#connection);
    this.#lastQueue = name;
    return { name, ready: ready.size, consumers: consumers.length };
  }

  deleteQueue(name: string, conditions: { readonly ifUnused: boolean; readonly ifEmpty: boolean }): number {
    return this.#topology.deleteQueue(this.#named(name), this.#connection, conditions);
  }

  purge(name: string): number {
    return this.#queueing.purge(this.#topology.queue(this.#named(name), this.#connection));
  }

  bindQueue(queue: string, source: string, routingKey: string, args: Table): void {
    const destination = this.#named(queue);
    // Both left out: the key is the queue's name, too.
    const key = queue === '' && routingKey === '' ? destination : routingKey;
    this.#topology.bind({ source, to: 'queue', destination, routingKey: key, arguments: args }, this.#connection);
  }

  unbindQueue(queue: string, source: string, routingKey: string, args: Table): void {
    const destination = this.#named(queue);
    this.#topology.unbind({ source, to: 'queue', destination, routingKey, arguments: args }, this.#connection);
  }

  bindExchange(destination: string, source: string, routingKey: string, args: Table): void {
    this.#topology.bind({ source, to: 'exchange', destination, routingKey, arguments: args }, this.#connection);
  }

  unbindExchange(destination: string, source: string, routingKey: string, args: Table): void {
    this.#topology.unbind({ source, to: 'exchange', destination, routingKey, arguments: args }, this.#connection);
  }

  prefetch(count: number, size: number, global: boolean): void {
    if (size > 0) throw refuse('not-implemented', `prefetch_size!=0 (${size})`);
    this.#broker.record({ type: 'rabbit.prefetched', channel: this.id, count, global });
    this.#wake();
  }

  /** Begins to consume. `accepted` is called with the consumer tag before the first delivery. */
  consume(options: ConsumeOptions, accepted: (consumerTag: string) => void): void {
    const { noAck, exclusive } = options;
    const tag = options.consumerTag === '' ? this.#broker.generate('amq.ctag-') : options.consumerTag;
    const taken = [...this.#broker.state.queues.values()].some(({ consumers }) =>
      consumers.some((each) => each.channel === this.id && each.tag === tag),
    );
    if (taken || (this.#reply !== undefined && this.#replies.get(this.#reply)?.consumerTag === tag))
      throw refuse('not-allowed', `attempt to reuse consumer tag '${tag}'`);
    if (options.queue === replyTo) {
      this.#takeReplies(tag, noAck);
      accepted(tag);
      return;
    }
    const queue = this.#topology.queue(this.#named(options.queue), this.#connection);
    if (this.#state.globalPrefetch > 0 && lookup(queue.arguments, 'x-queue-type')?.value === 'quorum')
      throw refuse('not-implemented', `${naming('queue', queue.name)} does not support global qos`);
    const alone = queue.consumers.some((each) => each.exclusive);
    if (alone || (exclusive && queue.consumers.length > 0))
      throw refuse('access-refused', `${naming('queue', queue.name)} in exclusive use`);
    const prefetch = noAck ? 0 : this.#state.prefetch;
    const priority = priorityOf(options.arguments, queue.name);
    this.#broker.record({
      type: 'rabbit.consuming',
      queue: queue.name,
      channel: this.id,
      consumer: tag,
      client: this.#client,
      noAck,
      exclusive,
      priority,
      prefetch,
    });
    this.#broker.turns.join(queue.consumers.at(-1)!);
    accepted(tag);
    this.#queueing.flow(queue);
  }

  /** Ends a consumer; what it has not acknowledged stays its channel's. An unknown tag is nothing to complain about. */
  cancel(tag: string): void {
    if (this.#reply !== undefined && this.#replies.get(this.#reply)?.consumerTag === tag) {
      this.#replies.delete(this.#reply);
      this.#reply = undefined;
      return;
    }
    for (const queue of this.#broker.state.queues.values())
      if (queue.consumers.some((each) => each.channel === this.id && each.tag === tag)) {
        this.#topology.cancel(queue, this.id, tag, 'cancel');
        this.#topology.left(queue);
        return;
      }
  }

  /** Takes the next message of a queue, which is then delivered; false when there is none. */
  get(name: string, noAck: boolean): boolean {
    const queue = this.#topology.queue(this.#named(name), this.#connection);
    this.#topology.used(queue);
    if (!this.#queueing.freshHead(queue)) return false;
    this.#queueing.deliver(queue, this.id, noAck);
    this.#queueing.flow(queue);
    return true;
  }

  acknowledge(tag: number, multiple: boolean): void {
    for (const [deliveryTag, { queue, copy }] of this.#unacked(tag, multiple))
      this.#broker.recordEnd({ type: 'rabbit.acked', id: copy.id, queue: queue.name, channel: this.id, deliveryTag });
    this.#wake();
  }

  /** `basic.nack` and `basic.reject`: the messages are ready again, or die. */
  negative(tag: number, multiple: boolean, requeue: boolean, because: 'nack' | 'reject'): void {
    const unacked = this.#unacked(tag, multiple);
    for (const [deliveryTag, each] of unacked) {
      const held = { channel: this.id, deliveryTag };
      if (requeue) this.#queueing.requeue(each, held, because);
      else this.#queueing.reject(each, held);
    }
    this.#queueing.returned(unacked.map(([, { queue }]) => queue.name));
    this.#wake();
  }

  recover(requeue: boolean, done: () => void): void {
    if (!requeue) throw refuse('not-implemented', 'requeue=false');
    const touched = this.#requeueAll('recover');
    done();
    this.#queueing.returned(touched);
    this.#wake();
  }

  confirmSelect(): void {
    this.#confirming = true;
  }

  publish({ exchange, routingKey, mandatory, content: given, at }: Publication): void {
    const { name, internal } = this.#topology.exchange(exchange);
    if (internal) throw refuse('access-refused', `cannot publish to internal ${naming('exchange', name)}`);
    if (given.body.length > largest)
      throw refuse(
        'precondition-failed',
        `message size ${given.body.length} is larger than configured max size ${largest}`,
      );
    const expiration = expirationOf(given.properties);
    const { userId } = given.properties;
    if (userId !== undefined && userId !== this.#user)
      throw refuse(
        'precondition-failed',
        `user_id property set to '${userId}' but authenticated user was '${this.#user}'`,
      );
    const { properties, keys, hidden } = addressed(given.properties, routingKey, this.#replyName(given.properties));
    const content = { properties, body: given.body };
    const to = { exchange, routingKeys: [...keys, ...hidden], content };
    const direct = exchange === '' ? this.#replies.get(routingKey) : undefined;
    const { queues, refusedBy } = direct ? { queues: [], refusedBy: [] } : this.#queueing.destinations(to);

    const id = this.#broker.newMessage();
    const text = textOfBody(content.body);
    this.#broker.record({
      type: 'rabbit.published',
      id,
      channel: this.id,
      client: this.#client,
      exchange,
      routingKeys: keys,
      properties: plainProperties(properties),
      ...(text === undefined ? {} : { body: text }),
      size: content.body.length,
      mandatory,
      persistent: properties.deliveryMode === 2,
      priority: properties.priority ?? 0,
      ...(expiration === undefined ? {} : { expiration }),
      queues,
      ...(refusedBy.length > 0 ? { refusedBy } : {}),
      ...(at ? { at } : {}),
    });
    if (queues.length > 0) this.#broker.contents.set(id, content);
    for (const queue of refusedBy) this.#queueing.refused(queue, id, { ...to, routingKeys: keys });
    if (mandatory && !direct && queues.length === 0 && refusedBy.length === 0)
      this.#return(id, exchange, routingKey, content);
    const confirmation = this.#confirming ? ++this.#published : undefined;
    if (direct) this.#answer(direct, id, routingKey, content);
    if (confirmation !== undefined) this.#confirm(id, confirmation, refusedBy.length > 0 ? 'nack' : 'ack');
    this.#queueing.arrived(queues);
  }

  #return(id: string, exchange: string, routingKey: string, content: Content): void {
    this.#broker.record({ type: 'rabbit.returned', id, channel: this.id, client: this.#client });
    this.#broker.listeners.get(this.id)!.returned({ exchange, routingKey, content });
  }

  #confirm(id: string, tag: number, outcome: 'ack' | 'nack'): void {
    this.#broker.record({ type: 'rabbit.confirmed', id, channel: this.id, client: this.#client, outcome });
    this.#broker.listeners.get(this.id)!.confirmed(tag, outcome);
  }

  /** A direct reply meets no queue: it is delivered at once, to whoever asked. */
  #answer(
    to: { readonly channel: string; readonly consumerTag: string },
    id: string,
    routingKey: string,
    content: Content,
  ): void {
    const { connection, nextTag: deliveryTag } = this.#broker.channel(to.channel);
    const { seq: cause } = this.#broker.record({
      type: 'rabbit.delivered',
      id,
      queue: replyTo,
      channel: to.channel,
      client: this.#broker.state.connections.get(connection)!.client,
      consumer: to.consumerTag,
      deliveryTag,
      redelivered: false,
      noAck: true,
    });
    const { consumerTag } = to;
    this.#broker.listeners
      .get(to.channel)!
      .deliver({ consumerTag, deliveryTag, redelivered: false, exchange: '', routingKey, content, left: 0, cause });
  }

  #takeReplies(consumerTag: string, noAck: boolean): void {
    if (!noAck) throw refuse('precondition-failed', 'reply consumer cannot acknowledge');
    if (this.#reply !== undefined) throw refuse('precondition-failed', 'reply consumer already set');
    this.#reply = this.#broker.generate(`${replyTo}.`);
    this.#replies.set(this.#reply, { channel: this.id, consumerTag });
  }

  #declaredReply(name: string): Declared {
    if (name !== replyTo && !this.#replies.has(name)) throw refuse('not-found', `no ${naming('queue', name)}`);
    return { name, ready: 0, consumers: 1 };
  }

  /** What stands in `replyTo` for whoever answers. */
  #replyName({ replyTo: asked }: Properties): string | undefined {
    if (asked !== replyTo) return asked;
    if (this.#reply === undefined) throw refuse('precondition-failed', 'fast reply consumer does not exist');
    return this.#reply;
  }

  /** An empty name is the queue that this channel declared last. */
  #named(queue: string): string {
    if (queue !== '') return queue;
    if (this.#lastQueue === undefined) throw refuse('not-found', 'no previously declared queue');
    return this.#lastQueue;
  }

  /** The deliveries that an acknowledgement means. @throws Refusal (406) for a tag that is not open */
  #unacked(tag: number, multiple: boolean): [number, Unacked][] {
    const { unacked } = this.#state;
    if (multiple && tag === 0) return [...unacked];
    const named = unacked.get(tag);
    if (!named) throw refuse('precondition-failed', `unknown delivery tag ${tag}`);
    return multiple ? [...unacked].filter(([each]) => each <= tag) : [[tag, named]];
  }

  #requeueAll(because: 'recover' | 'channel-closed'): string[] {
    const unacked = [...this.#state.unacked];
    for (const [deliveryTag, each] of unacked) this.#queueing.requeue(each, { channel: this.id, deliveryTag }, because);
    return unacked.map(([, { queue }]) => queue.name);
  }

  /** Consumers that were full may have room again. */
  #wake(): void {
    this.#queueing.arrived(this.#broker.turns.wake(this.#state));
  }
}

/** The message's own time to live: ms. @throws Refusal (406) where it is no whole number from 0 on */
function expirationOf({ expiration }: Properties): number | undefined {
  if (expiration === undefined) return undefined;
  const [, digits = '', rest = ''] = /^([+-]?\d+)?(.*)$/s.exec(expiration)!;
  const number = Number(digits);
  const wrong =
    digits === ''
      ? 'no_integer'
      : rest !== ''
        ? `{leftover_string,"${rest}"}`
        : number < 0
          ? `{value_negative,${number}}`
          : number > longestTimer
            ? `{value_too_big,${number}}`
            : undefined;
  if (wrong !== undefined) throw refuse('precondition-failed', `invalid expiration '${expiration}': ${wrong}`);
  return number;
}

/** Reads the further keys of `CC` and `BCC`, takes `BCC` away and puts the headers in order. @throws Refusal (406) */
function addressed(properties: Properties, routingKey: string, reply: string | undefined) {
  const { headers, ...others } = properties;
  const copies = keysOf(headers, 'CC');
  const hidden = keysOf(headers, 'BCC');
  const { BCC: _, ...kept } = headers ?? {};
  return {
    keys: [routingKey, ...copies],
    hidden,
    properties: {
      ...others,
      ...(headers === undefined ? {} : { headers: sorted(kept) }),
      ...(reply === undefined ? {} : { replyTo: reply }),
    } satisfies Properties,
  };
}

function keysOf(headers: Table | undefined, name: string): string[] {
  const field = headers && lookup(headers, name);
  if (!field) return [];
  if (field.type !== 'array')
    throw refuse('precondition-failed', `invalid message: {unacceptable_type_in_header,"${name}",${field.type}}`);
  return field.value.flatMap((each) => (each.type === 'longstr' ? [each.value] : []));
}
