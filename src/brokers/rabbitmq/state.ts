import type { Place } from '../../kernel/facts.ts';
import type { Entry } from '../../kernel/journal.ts';
import type { Projection } from '../../kernel/projection.ts';
import { integerOf, lookup, sameField, textOf, type Table } from './field.ts';
import { Ready, type Copy } from './ready.ts';

export type ExchangeType = 'direct' | 'fanout' | 'topic' | 'headers';

/** Why a message was taken out of a queue: the reasons of `x-death`, and those after which it is nowhere. */
export type DeathReason = 'rejected' | 'expired' | 'maxlen' | 'delivery_limit';

/** A link from an exchange to a queue or to another exchange. */
export interface Binding {
  readonly source: string;
  readonly to: 'queue' | 'exchange';
  readonly destination: string;
  readonly routingKey: string;
  readonly arguments: Table;
}

/** What arrives in queues: by whom, where, and as much of it as one can read. The bytes are the server's. */
interface Arrival {
  readonly exchange: string;
  /** The publisher's key, then those of its `CC` header. */
  readonly routingKeys: readonly string[];
  /** Where it is enqueued now, in this order. */
  readonly queues: readonly string[];
  readonly persistent: boolean;
  readonly priority: number;
  /** The message's own time to live: virtual ms. */
  readonly expiration?: number;
}

/**
 * The facts of RabbitMQ, recorded at `rabbitmq` when the broker does something. `id` is a message's, `connection` is
 * `c-1`, `channel` is `c-1/1`, and `client` the service at the other end. A delivery is named by channel and delivery tag.
 */
export type RabbitFact =
  | { readonly type: 'rabbit.connected'; readonly connection: string; readonly client: string }
  | {
      readonly type: 'rabbit.disconnected';
      readonly connection: string;
      readonly client: string;
      /** `closed` by the client, `refused` by the server, or the socket was `lost`. */
      readonly because: 'closed' | 'refused' | 'lost';
      readonly code?: number;
      readonly text?: string;
    }
  | { readonly type: 'rabbit.channelOpened'; readonly channel: string; readonly connection: string }
  | {
      readonly type: 'rabbit.channelClosed';
      readonly channel: string;
      readonly code?: number;
      readonly text?: string;
    }
  | {
      readonly type: 'rabbit.exchangeDeclared';
      readonly exchange: string;
      readonly kind: ExchangeType;
      readonly durable: boolean;
      readonly autoDelete: boolean;
      readonly internal: boolean;
      readonly arguments: Table;
    }
  | { readonly type: 'rabbit.exchangeDeleted'; readonly exchange: string }
  | {
      readonly type: 'rabbit.queueDeclared';
      readonly queue: string;
      readonly durable: boolean;
      /** The connection that alone may use it. */
      readonly exclusive?: string;
      readonly autoDelete: boolean;
      readonly arguments: Table;
    }
  | { readonly type: 'rabbit.queueDeleted'; readonly queue: string }
  | ({ readonly type: 'rabbit.bound' } & Binding)
  | ({ readonly type: 'rabbit.unbound' } & Binding)
  | { readonly type: 'rabbit.prefetched'; readonly channel: string; readonly count: number; readonly global: boolean }
  | {
      readonly type: 'rabbit.consuming';
      readonly queue: string;
      readonly channel: string;
      readonly consumer: string;
      readonly client: string;
      readonly noAck: boolean;
      readonly exclusive: boolean;
      readonly priority: number;
      readonly prefetch: number;
    }
  | {
      readonly type: 'rabbit.cancelled';
      readonly queue: string;
      readonly channel: string;
      readonly consumer: string;
      /** The client wished it, its channel was closed, or the queue was deleted. */
      readonly because: 'cancel' | 'channel-closed' | 'queue-deleted';
    }
  | ({
      readonly type: 'rabbit.published';
      readonly id: string;
      readonly channel: string;
      readonly client: string;
      readonly properties: Readonly<Record<string, unknown>>;
      /** The beginning of the body, where it is text. */
      readonly body?: string;
      /** Of the body: bytes. */
      readonly size: number;
      readonly mandatory: boolean;
      /** Queues that are full and refuse to take more. */
      readonly refusedBy?: readonly string[];
      readonly at?: Place;
    } & Arrival)
  | { readonly type: 'rabbit.returned'; readonly id: string; readonly channel: string; readonly client: string }
  | {
      readonly type: 'rabbit.confirmed';
      readonly id: string;
      readonly channel: string;
      readonly client: string;
      readonly outcome: 'ack' | 'nack';
    }
  | {
      readonly type: 'rabbit.delivered';
      readonly id: string;
      readonly queue: string;
      readonly channel: string;
      readonly client: string;
      /** None for `basic.get`. */
      readonly consumer?: string;
      readonly deliveryTag: number;
      readonly redelivered: boolean;
      /** Nobody will acknowledge it: it is out of the queue for good. */
      readonly noAck: boolean;
    }
  | {
      readonly type: 'rabbit.acked';
      readonly id: string;
      readonly queue: string;
      readonly channel: string;
      readonly deliveryTag: number;
    }
  | {
      readonly type: 'rabbit.requeued';
      readonly id: string;
      readonly queue: string;
      readonly channel: string;
      readonly deliveryTag: number;
      readonly because: 'nack' | 'reject' | 'recover' | 'channel-closed';
    }
  /** `id` leaves `queue` and goes on as the message `as`, published to the dead-letter exchange. */
  | ({
      readonly type: 'rabbit.deadLettered';
      readonly id: string;
      readonly queue: string;
      readonly reason: DeathReason;
      readonly as: string;
      /** The queue was full and did not take it at all. */
      readonly refused?: boolean;
      /** Where it was when it was rejected. */
      readonly channel?: string;
      readonly deliveryTag?: number;
    } & Arrival)
  | {
      readonly type: 'rabbit.dropped';
      readonly id: string;
      readonly queue: string;
      readonly reason: DeathReason | 'purged' | 'restart';
      readonly channel?: string;
      readonly deliveryTag?: number;
    }
  /** All connections are gone, and with them whatever is not durable; what was unacknowledged is ready again. */
  | { readonly type: 'rabbit.restarted' };

export const rabbitFactTypes = [
  'rabbit.connected',
  'rabbit.disconnected',
  'rabbit.channelOpened',
  'rabbit.channelClosed',
  'rabbit.exchangeDeclared',
  'rabbit.exchangeDeleted',
  'rabbit.queueDeclared',
  'rabbit.queueDeleted',
  'rabbit.bound',
  'rabbit.unbound',
  'rabbit.prefetched',
  'rabbit.consuming',
  'rabbit.cancelled',
  'rabbit.published',
  'rabbit.returned',
  'rabbit.confirmed',
  'rabbit.delivered',
  'rabbit.acked',
  'rabbit.requeued',
  'rabbit.deadLettered',
  'rabbit.dropped',
  'rabbit.restarted',
] as const satisfies readonly RabbitFact['type'][];

export interface Exchange {
  readonly name: string;
  readonly type: ExchangeType;
  readonly durable: boolean;
  readonly autoDelete: boolean;
  readonly internal: boolean;
  readonly arguments: Table;
  /** Those that begin here. */
  bindings: Binding[];
}

export interface Consumer {
  readonly queue: string;
  readonly channel: string;
  readonly tag: string;
  readonly client: string;
  readonly noAck: boolean;
  readonly exclusive: boolean;
  readonly priority: number;
  /** How many unacknowledged messages it takes; 0 for any number. */
  readonly prefetch: number;
  unacked: number;
}

export interface Queue {
  readonly name: string;
  readonly durable: boolean;
  readonly exclusive: string | undefined;
  readonly autoDelete: boolean;
  readonly arguments: Table;
  readonly ready: Ready;
  /** In the order of their subscription. */
  consumers: Consumer[];
  /** The one that is served, where there is a single active consumer. */
  active: Consumer | undefined;
  /** Copies that are delivered and not acknowledged. */
  unacked: number;
  /** Where the next message will stand; and, in a quorum queue, the next that comes back. */
  next: number;
  nextReturned: number;
}

/** A delivery that waits for its acknowledgement. The queue may be gone meanwhile, even with another of its name in its place. */
export interface Unacked {
  readonly queue: Queue;
  readonly copy: Copy;
  readonly consumer: Consumer | undefined;
}

export interface Channel {
  readonly id: string;
  readonly connection: string;
  /** By delivery tag, in their order. */
  readonly unacked: Map<number, Unacked>;
  /** Those of consumers, which count for a prefetch of the whole channel. */
  taken: number;
  nextTag: number;
  /** For consumers that begin from now on, and for all of the channel together; 0 for none. */
  prefetch: number;
  globalPrefetch: number;
}

export interface Message {
  readonly id: string;
  /** The entry that brought it. */
  readonly seq: number;
  readonly exchange: string;
  readonly routingKeys: readonly string[];
  readonly persistent: boolean;
  /** How many queues hold it. */
  copies: number;
}

export interface RabbitState {
  readonly connections: Map<string, { readonly id: string; readonly client: string }>;
  readonly channels: Map<string, Channel>;
  readonly exchanges: Map<string, Exchange>;
  readonly queues: Map<string, Queue>;
  readonly messages: Map<string, Message>;
}

/** The exchanges that are there without being declared. */
const predeclared: readonly (readonly [name: string, type: ExchangeType])[] = [
  ['', 'direct'],
  ['amq.direct', 'direct'],
  ['amq.fanout', 'fanout'],
  ['amq.topic', 'topic'],
  ['amq.headers', 'headers'],
  ['amq.match', 'headers'],
];

/** What RabbitMQ knows, derived from its own facts; the server and the views use this very function. */
export const rabbit: Projection<RabbitState, RabbitFact> = {
  initial: () => ({
    connections: new Map(),
    channels: new Map(),
    exchanges: new Map(
      predeclared.map(([name, type]) => [
        name,
        { name, type, durable: true, autoDelete: false, internal: false, arguments: {}, bindings: [] },
      ]),
    ),
    queues: new Map(),
    messages: new Map(),
  }),
  evolve(state, entry) {
    switch (entry.type) {
      case 'rabbit.connected':
        state.connections.set(entry.connection, { id: entry.connection, client: entry.client });
        break;
      case 'rabbit.disconnected':
        state.connections.delete(entry.connection);
        break;
      case 'rabbit.channelOpened':
        state.channels.set(entry.channel, {
          id: entry.channel,
          connection: entry.connection,
          unacked: new Map(),
          taken: 0,
          nextTag: 1,
          prefetch: 0,
          globalPrefetch: 0,
        });
        break;
      case 'rabbit.channelClosed':
        state.channels.delete(entry.channel);
        break;
      case 'rabbit.exchangeDeclared':
        state.exchanges.set(entry.exchange, {
          name: entry.exchange,
          type: entry.kind,
          durable: entry.durable,
          autoDelete: entry.autoDelete,
          internal: entry.internal,
          arguments: entry.arguments,
          bindings: [],
        });
        break;
      case 'rabbit.exchangeDeleted':
        state.exchanges.delete(entry.exchange);
        unbindAll(state, 'exchange', entry.exchange);
        break;
      case 'rabbit.queueDeclared':
        state.queues.set(entry.queue, {
          name: entry.queue,
          durable: entry.durable,
          exclusive: entry.exclusive,
          autoDelete: entry.autoDelete,
          arguments: entry.arguments,
          ready: new Ready(),
          consumers: [],
          active: undefined,
          unacked: 0,
          next: 0,
          nextReturned: 0,
        });
        break;
      case 'rabbit.queueDeleted':
        deleteQueue(state, state.queues.get(entry.queue)!);
        break;
      case 'rabbit.bound':
        state.exchanges.get(entry.source)!.bindings.push(bindingOf(entry));
        break;
      case 'rabbit.unbound': {
        const exchange = state.exchanges.get(entry.source)!;
        exchange.bindings = exchange.bindings.filter((binding) => !sameBinding(binding, entry));
        break;
      }
      case 'rabbit.prefetched': {
        const channel = state.channels.get(entry.channel)!;
        if (entry.global) channel.globalPrefetch = entry.count;
        else channel.prefetch = entry.count;
        break;
      }
      case 'rabbit.consuming': {
        const { consumer: tag, queue: name, channel, client, noAck, exclusive, priority, prefetch } = entry;
        const consumer = { queue: name, channel, tag, client, noAck, exclusive, priority, prefetch, unacked: 0 };
        const queue = state.queues.get(name);
        queue?.consumers.push(consumer);
        if (queue) queue.active ??= consumer;
        break;
      }
      case 'rabbit.cancelled': {
        const queue = state.queues.get(entry.queue);
        if (!queue) break;
        queue.consumers = queue.consumers.filter((each) => !is(each, entry));
        if (queue.active && is(queue.active, entry))
          queue.active = [...queue.consumers].sort((a, b) => b.priority - a.priority)[0];
        break;
      }
      case 'rabbit.published':
        arrive(state, entry.id, entry, entry);
        break;
      case 'rabbit.delivered':
        deliver(state, entry);
        break;
      case 'rabbit.acked':
        forget(state, settle(state, entry));
        break;
      case 'rabbit.requeued': {
        const unacked = settle(state, entry);
        if (unacked && state.queues.get(entry.queue) === unacked.queue) putBack(unacked.queue, unacked.copy);
        else forget(state, unacked);
        break;
      }
      case 'rabbit.deadLettered':
        if (!entry.refused) remove(state, entry);
        arrive(state, entry.as, entry, entry);
        break;
      case 'rabbit.dropped':
        remove(state, entry);
        break;
      case 'rabbit.restarted':
        restart(state);
    }
  },
};

/** What makes two bindings one: a second one of the same kind adds nothing. */
export function sameBinding(a: Binding, b: Binding): boolean {
  const names = Object.keys(a.arguments);
  return (
    a.to === b.to &&
    a.destination === b.destination &&
    a.routingKey === b.routingKey &&
    names.length === Object.keys(b.arguments).length &&
    names.every((name) => sameField(lookup(a.arguments, name), lookup(b.arguments, name)))
  );
}

const bindingOf = ({ source, to, destination, routingKey, arguments: args }: Binding): Binding => ({
  source,
  to,
  destination,
  routingKey,
  arguments: args,
});

export const isQuorum = ({ arguments: args }: Pick<Queue, 'arguments'>): boolean =>
  textOf(lookup(args, 'x-queue-type')) === 'quorum';

function is(consumer: Consumer, { channel, consumer: tag }: { channel: string; consumer: string }): boolean {
  return consumer.channel === channel && consumer.tag === tag;
}

function arrive(state: RabbitState, id: string, arrival: Arrival, { seq, time }: Entry): void {
  const { queues, exchange, routingKeys, persistent, expiration = Infinity } = arrival;
  if (queues.length === 0) return;
  state.messages.set(id, { id, seq, exchange, routingKeys, persistent, copies: queues.length });
  for (const name of queues) {
    const queue = state.queues.get(name)!;
    const ttl = Math.min(integerOf(lookup(queue.arguments, 'x-message-ttl')) ?? Infinity, expiration);
    queue.ready.add({
      id,
      position: queue.next++,
      priority: Math.min(arrival.priority, integerOf(lookup(queue.arguments, 'x-max-priority')) ?? 0),
      expires: ttl === Infinity ? undefined : time + ttl,
      redelivered: false,
      returns: 0,
    });
  }
}

function deliver(state: RabbitState, entry: Entry<RabbitFact> & { type: 'rabbit.delivered' }): void {
  const channel = state.channels.get(entry.channel)!;
  channel.nextTag = entry.deliveryTag + 1;
  const queue = state.queues.get(entry.queue);
  const copy = queue?.ready.shift();
  if (!queue || !copy) return;
  const consumer = queue.consumers.find((each) => each.channel === entry.channel && each.tag === entry.consumer);
  const unacked: Unacked = { queue, copy, consumer };
  if (entry.noAck) {
    forget(state, unacked);
    return;
  }
  channel.unacked.set(entry.deliveryTag, unacked);
  queue.unacked++;
  if (consumer) {
    consumer.unacked++;
    channel.taken++;
  }
}

/** Takes a delivery off the books of its channel. */
function settle(state: RabbitState, at: { channel: string; deliveryTag: number }): Unacked | undefined {
  const channel = state.channels.get(at.channel);
  const unacked = channel?.unacked.get(at.deliveryTag);
  if (!channel || !unacked) return undefined;
  channel.unacked.delete(at.deliveryTag);
  unacked.queue.unacked--;
  if (unacked.consumer) {
    unacked.consumer.unacked--;
    channel.taken--;
  }
  return unacked;
}

function putBack(queue: Queue, copy: Copy): void {
  copy.redelivered = true;
  copy.returns++;
  // A quorum queue puts what comes back before all others, or behind them where nothing limits how often it may come back.
  if (isQuorum(queue)) {
    const unlimited = (integerOf(lookup(queue.arguments, 'x-delivery-limit')) ?? 0) < 0;
    copy.position = unlimited ? queue.next++ : queue.nextReturned++ - Number.MAX_SAFE_INTEGER;
  }
  queue.ready.add(copy);
}

/** A copy leaves the world: from its channel when it was delivered, else from the head of its queue. */
function remove(state: RabbitState, at: { queue: string; channel?: string; deliveryTag?: number }): void {
  if (at.channel !== undefined && at.deliveryTag !== undefined)
    forget(state, settle(state, { channel: at.channel, deliveryTag: at.deliveryTag }));
  else forget(state, state.queues.get(at.queue)?.ready.shift());
}

function forget(state: RabbitState, gone: Unacked | Copy | undefined): void {
  if (!gone) return;
  const { id } = 'copy' in gone ? gone.copy : gone;
  const message = state.messages.get(id);
  if (message && --message.copies === 0) state.messages.delete(id);
}

function deleteQueue(state: RabbitState, queue: Queue): void {
  for (const copy of queue.ready) forget(state, copy);
  state.queues.delete(queue.name);
  unbindAll(state, 'queue', queue.name);
}

function unbindAll(state: RabbitState, to: Binding['to'], destination: string): void {
  for (const exchange of state.exchanges.values())
    if (exchange.bindings.some((binding) => binding.to === to && binding.destination === destination))
      exchange.bindings = exchange.bindings.filter(
        (binding) => binding.to !== to || binding.destination !== destination,
      );
}

function restart(state: RabbitState): void {
  for (const { unacked } of state.channels.values())
    for (const { queue, copy } of unacked.values())
      if (state.queues.get(queue.name) === queue) putBack(queue, copy);
      else forget(state, copy);
  state.channels.clear();
  state.connections.clear();
  for (const queue of [...state.queues.values()]) {
    queue.consumers = [];
    queue.active = undefined;
    queue.unacked = 0;
    if (!queue.durable || queue.exclusive !== undefined) {
      deleteQueue(state, queue);
      continue;
    }
    const copies = [...queue.ready];
    queue.ready.clear();
    for (const copy of copies)
      if (isQuorum(queue) || state.messages.get(copy.id)!.persistent) queue.ready.add(copy);
      else forget(state, copy);
  }
  for (const { name, durable } of [...state.exchanges.values()])
    if (!durable) {
      state.exchanges.delete(name);
      unbindAll(state, 'exchange', name);
    }
}
