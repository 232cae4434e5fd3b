import { checkHeadersBinding, checkName, checkQueueArguments, sameArguments, sameProperties } from './argument.ts';
import { integerOf, lookup, type Table } from './field.ts';
import type { Timer } from '../../kernel/clock.ts';
import { naming, refuse } from './refusal.ts';
import type { Broker } from './broker.ts';
import type { Queueing } from './queueing.ts';
import { sameBinding, type Binding, type Exchange, type ExchangeType, type Queue } from './state.ts';

interface ExchangeDeclaration {
  readonly exchange: string;
  readonly type: string;
  readonly passive: boolean;
  readonly durable: boolean;
  readonly autoDelete: boolean;
  readonly internal: boolean;
  readonly arguments: Table;
}

interface QueueDeclaration {
  readonly queue: string;
  readonly passive: boolean;
  readonly durable: boolean;
  readonly exclusive: boolean;
  readonly autoDelete: boolean;
  readonly arguments: Table;
}

const exchangeTypes: readonly string[] = ['direct', 'fanout', 'topic', 'headers'];

/** What is there: exchanges, queues and the bindings between them. Names are checked, and whether one may. */
export class Topology {
  readonly #broker: Broker;
  readonly #queueing: Queueing;
  /** For queues that delete themselves when nobody uses them. */
  readonly #idle = new Map<string, Timer>();

  constructor(broker: Broker, queueing: Queueing) {
    this.#broker = broker;
    this.#queueing = queueing;
  }

  /** @throws Refusal: 404 when it is asked for passively and not there, 403 for a reserved name, 406 when it is another one */
  declareExchange({ exchange: name, type, passive, ...asked }: ExchangeDeclaration): void {
    const { durable, autoDelete, internal, arguments: args } = asked;
    refuseDefault(name);
    if (passive) {
      this.exchange(name);
      return;
    }
    const found = this.#broker.state.exchanges.get(name);
    if (!found && name.startsWith('amq.'))
      throw refuse('access-refused', `exchange name '${name}' contains reserved prefix 'amq.*'`);
    if (!exchangeTypes.includes(type)) throw refuse('precondition-failed', `unknown exchange type '${type}'`);
    const what = naming('exchange', name);
    if (found) {
      sameProperties(
        what,
        { type, durable, auto_delete: autoDelete, internal },
        { type: found.type, durable: found.durable, auto_delete: found.autoDelete, internal: found.internal },
      );
      sameArguments(what, args, found.arguments, ['alternate-exchange']);
      return;
    }
    checkName(args, 'alternate-exchange', what);
    this.#broker.record({
      type: 'rabbit.exchangeDeclared',
      exchange: name,
      kind: type as ExchangeType,
      durable,
      autoDelete,
      internal,
      arguments: args,
    });
    this.#broker.router.forget();
  }

  deleteExchange(name: string, ifUnused: boolean): void {
    refuseDefault(name);
    if (name.startsWith('amq.'))
      throw refuse('access-refused', `deletion of system ${naming('exchange', name)} not allowed`);
    const found = this.#broker.state.exchanges.get(name);
    if (!found) return;
    if (ifUnused && found.bindings.length > 0)
      throw refuse('precondition-failed', `${naming('exchange', name)} in use`);
    this.#removeExchange(name);
  }

  bind(binding: Binding, connection: string): void {
    this.#checkBinding(binding, connection);
    const source = this.exchange(binding.source);
    if (binding.to === 'exchange') this.exchange(binding.destination);
    if (source.type === 'headers') checkHeadersBinding(binding.arguments);
    if (source.bindings.some((each) => sameBinding(each, binding))) return;
    this.#broker.record({ type: 'rabbit.bound', ...binding });
    this.#broker.router.forget();
  }

  /** What is not bound is unbound already, whether or not it is there. */
  unbind(binding: Binding, connection: string): void {
    refuseDefault(binding.source);
    if (binding.to === 'exchange') refuseDefault(binding.destination);
    const queue = binding.to === 'queue' ? this.#broker.state.queues.get(binding.destination) : undefined;
    if (queue) refuseLocked(queue, connection);
    const source = this.#broker.state.exchanges.get(binding.source);
    if (!source?.bindings.some((each) => sameBinding(each, binding))) return;
    this.#broker.record({ type: 'rabbit.unbound', ...binding });
    this.#broker.router.forget();
    this.#deleteUnused([source]);
  }

  /**
   * Declares a queue and gives it; an empty name makes one up.
   * @throws Refusal: 404 when it is asked for passively and not there, 405 when another connection owns it, 406 when it is another one
   */
  declareQueue(asked: QueueDeclaration, connection: string): Queue {
    const { durable, exclusive, autoDelete, arguments: args, passive } = asked;
    const broker = this.#broker;
    if (passive) {
      const queue = this.queue(asked.queue, connection);
      this.used(queue);
      return queue;
    }
    const found = broker.state.queues.get(asked.queue);
    if (found) {
      const what = naming('queue', found.name);
      if ((found.exclusive !== undefined) !== exclusive) throw locked(found.name);
      refuseLocked(found, connection);
      sameProperties(
        what,
        { durable, auto_delete: autoDelete },
        { durable: found.durable, auto_delete: found.autoDelete },
      );
      sameArguments(what, args, found.arguments);
      this.used(found);
      return found;
    }
    if (asked.queue.startsWith('amq.'))
      throw refuse('access-refused', `queue name '${asked.queue}' contains reserved prefix 'amq.*'`);
    const name = asked.queue === '' ? broker.generate('amq.gen-') : asked.queue;
    checkQueueArguments(name, args, asked);
    broker.record({
      type: 'rabbit.queueDeclared',
      queue: name,
      durable,
      ...(exclusive ? { exclusive: connection } : {}),
      autoDelete,
      arguments: args,
    });
    broker.router.forget();
    const queue = broker.state.queues.get(name)!;
    this.used(queue);
    return queue;
  }

  /** How many messages were ready in it. A queue that is not there is deleted already. */
  deleteQueue(
    name: string,
    connection: string,
    { ifUnused, ifEmpty }: { ifUnused: boolean; ifEmpty: boolean },
  ): number {
    const queue = this.#broker.state.queues.get(name);
    if (!queue) return 0;
    refuseLocked(queue, connection);
    if (ifUnused && queue.consumers.length > 0) throw refuse('precondition-failed', `${naming('queue', name)} in use`);
    if (ifEmpty && queue.ready.size > 0) throw refuse('precondition-failed', `${naming('queue', name)} not empty`);
    const { size } = queue.ready;
    this.removeQueue(queue);
    return size;
  }

  /** A queue goes, with its messages, bindings and consumers: by command, with its connection, or because nobody used it. */
  removeQueue(queue: Queue): void {
    const broker = this.#broker;
    const sources = [...broker.state.exchanges.values()].filter(({ bindings }) =>
      bindings.some(({ to, destination }) => to === 'queue' && destination === queue.name),
    );
    for (const { channel, tag } of queue.consumers) {
      this.cancel(queue, channel, tag, 'queue-deleted');
      broker.listeners.get(channel)?.cancelled(tag);
    }
    const ids = [...queue.ready].map(({ id }) => id);
    broker.record({ type: 'rabbit.queueDeleted', queue: queue.name });
    broker.router.forget();
    broker.turns.forget(queue.name);
    this.#queueing.forget(queue.name, ids);
    this.#idle.get(queue.name)?.cancel();
    this.#idle.delete(queue.name);
    this.#deleteUnused(sources);
  }

  /** Takes a consumer off a queue. */
  cancel(queue: Queue, channel: string, tag: string, because: 'cancel' | 'channel-closed' | 'queue-deleted'): void {
    const consumer = queue.consumers.find((each) => each.channel === channel && each.tag === tag);
    if (!consumer) return;
    this.#broker.record({ type: 'rabbit.cancelled', queue: queue.name, channel, consumer: tag, because });
    this.#broker.turns.leave(consumer);
  }

  /** A consumer has left: a queue that deletes itself does so after the last. */
  left(queue: Queue): void {
    if (this.#broker.state.queues.get(queue.name) !== queue) return;
    if (queue.autoDelete && queue.consumers.length === 0) this.removeQueue(queue);
    else this.used(queue);
  }

  /** Somebody has declared, read or left the queue: the time after which it deletes itself (`x-expires`) begins anew. */
  used(queue: Queue): void {
    const expires = integerOf(lookup(queue.arguments, 'x-expires'));
    if (expires === undefined) return;
    this.#idle.get(queue.name)?.cancel();
    const end = () => {
      if (queue.consumers.length === 0) this.removeQueue(queue);
    };
    this.#idle.set(queue.name, this.#broker.after(expires, end));
  }

  /** After a restart: the clocks of queues that are gone stop, the others begin anew. */
  restarted(): void {
    for (const timer of this.#idle.values()) timer.cancel();
    this.#idle.clear();
    for (const queue of this.#broker.state.queues.values()) {
      this.used(queue);
      this.#queueing.flow(queue);
    }
  }

  /** @throws Refusal (404) */
  exchange(name: string): Exchange {
    const found = this.#broker.state.exchanges.get(name);
    if (!found) throw refuse('not-found', `no ${naming('exchange', name)}`);
    return found;
  }

  /** @throws Refusal: 404, or 405 when it belongs to another connection */
  queue(name: string, connection: string): Queue {
    const found = this.#broker.state.queues.get(name);
    if (!found) throw refuse('not-found', `no ${naming('queue', name)}`);
    refuseLocked(found, connection);
    return found;
  }

  #checkBinding(binding: Binding, connection: string): void {
    if (binding.to === 'queue') this.queue(binding.destination, connection);
    refuseDefault(binding.source);
    if (binding.to === 'exchange') refuseDefault(binding.destination);
  }

  /** Exchanges that delete themselves and have just lost their last binding. */
  #deleteUnused(sources: readonly Exchange[]): void {
    for (const { name, autoDelete, bindings } of sources)
      if (autoDelete && bindings.length === 0 && this.#broker.state.exchanges.has(name)) this.#removeExchange(name);
  }

  #removeExchange(name: string): void {
    const sources = [...this.#broker.state.exchanges.values()].filter(({ bindings }) =>
      bindings.some(({ to, destination }) => to === 'exchange' && destination === name),
    );
    this.#broker.record({ type: 'rabbit.exchangeDeleted', exchange: name });
    this.#broker.router.forget();
    this.#deleteUnused(sources);
  }
}

function refuseDefault(exchange: string): void {
  if (exchange === '') throw refuse('access-refused', 'operation not permitted on the default exchange');
}

function refuseLocked({ name, exclusive }: Queue, connection: string): void {
  if (exclusive !== undefined && exclusive !== connection) throw locked(name);
}

const locked = (queue: string) =>
  refuse(
    'resource-locked',
    `cannot obtain exclusive access to locked ${naming('queue', queue)}. It could be originally declared on another ` +
      'connection or the exclusive property value does not match that of the original declaration.',
  );
