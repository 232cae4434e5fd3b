import type { World } from '../../kernel/world.ts';
import { Broker, type Listener } from './broker.ts';
import { Channel, type Replies } from './channel.ts';
import { Queueing } from './queueing.ts';
import { refuse, type Refusal } from './refusal.ts';
import type { RabbitFact } from './state.ts';
import { Topology } from './topology.ts';

/** The user of every connection and its password; the server knows no other. */
export const user = { name: 'guest', password: 'guest' } as const;

/**
 * RabbitMQ 4.0 as AMQP 0-9-1 clients see it. Commands decide and record facts; `evolve` of `state.ts` is the only thing
 * that changes what the broker knows.
 */
export class RabbitServer {
  readonly broker: Broker;
  readonly topology: Topology;
  readonly #queueing: Queueing;
  readonly #replies: Replies = new Map();
  readonly #connections = new Map<string, Connection>();
  #connected = 0;

  constructor(world: World<RabbitFact>) {
    this.broker = new Broker(world);
    this.#queueing = new Queueing(this.broker);
    this.topology = new Topology(this.broker, this.#queueing);
  }

  get state() {
    return this.broker.state;
  }

  /** A client that has opened a connection. `forced` is called when the server closes it by itself. */
  connect(client: string, forced: (refusal: Refusal) => void): Connection {
    const { broker, topology } = this;
    const id = `c-${++this.#connected}`;
    const parts = { broker, queueing: this.#queueing, topology, replies: this.#replies };
    const connection = new Connection(parts, id, client, forced, () => this.#connections.delete(id));
    this.#connections.set(id, connection);
    return connection;
  }

  /** Stops the broker and starts it again: connections are closed by force, what is not durable is gone. */
  restart(): void {
    const forced = refuse('connection-forced', "broker forced connection closure with reason 'shutdown'");
    const { broker } = this;
    for (const connection of this.#connections.values()) connection.forced(forced);
    this.#connections.clear();
    this.#replies.clear();
    broker.listeners.clear();
    for (const name of broker.state.queues.keys()) broker.turns.forget(name);
    broker.record({ type: 'rabbit.restarted' });
    broker.router.forget();
    for (const id of broker.contents.keys()) if (!broker.state.messages.has(id)) broker.contents.delete(id);
    this.topology.restarted();
  }
}

/** One connection of a client, with its channels. */
export class Connection {
  readonly id: string;
  readonly client: string;
  readonly forced: (refusal: Refusal) => void;
  readonly #parts: ConstructorParameters<typeof Channel>[0];
  readonly #gone: () => void;
  readonly #channels = new Map<number, Channel>();

  constructor(
    parts: ConstructorParameters<typeof Channel>[0],
    id: string,
    client: string,
    forced: (refusal: Refusal) => void,
    gone: () => void,
  ) {
    this.#parts = parts;
    this.id = id;
    this.client = client;
    this.forced = forced;
    this.#gone = gone;
    parts.broker.record({ type: 'rabbit.connected', connection: id, client });
  }

  open(number: number, listener: Listener): Channel {
    const { id, client } = this;
    const channel = new Channel(this.#parts, { id, client, user: user.name }, number, listener);
    this.#channels.set(number, channel);
    return channel;
  }

  channel(number: number): Channel | undefined {
    return this.#channels.get(number);
  }

  closeChannel(number: number, because?: { readonly code: number; readonly text: string }): void {
    this.#channels.get(number)?.close(because);
    this.#channels.delete(number);
  }

  /** The connection is over: its channels close and its exclusive queues go. */
  end(because: 'closed' | 'refused' | 'lost', refusal?: { readonly code: number; readonly text: string }): void {
    const { broker, topology } = this.#parts;
    for (const number of [...this.#channels.keys()]) this.closeChannel(number);
    for (const queue of [...broker.state.queues.values()]) if (queue.exclusive === this.id) topology.removeQueue(queue);
    broker.record({ type: 'rabbit.disconnected', connection: this.id, client: this.client, because, ...refusal });
    this.#gone();
  }
}
