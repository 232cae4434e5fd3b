import type { Timer } from '../../kernel/clock.ts';
import { context } from '../../kernel/context.ts';
import type { Entry } from '../../kernel/journal.ts';
import type { World } from '../../kernel/world.ts';
import type { Content } from './content.ts';
import { Router } from './routing.ts';
import { rabbit, type Channel, type RabbitFact } from './state.ts';
import { Turns } from './turns.ts';

/** The name under which the broker stands in the journal and on links. */
export const place = 'rabbitmq';

/** What the server says to a channel without having been asked. */
export interface Listener {
  deliver(delivery: Delivery): void;
  /** The queue is gone: nothing will come for this consumer any more. */
  cancelled(consumerTag: string): void;
  returned(message: Returned): void;
  /** The `tag`th message published on this channel, from 1: the broker is responsible for it now, or refuses it. */
  confirmed(tag: number, outcome: 'ack' | 'nack'): void;
}

export interface Delivery {
  /** None for the answer to `basic.get`. */
  readonly consumerTag: string | undefined;
  readonly deliveryTag: number;
  readonly redelivered: boolean;
  readonly exchange: string;
  readonly routingKey: string;
  readonly content: Content;
  /** How many messages are ready behind it. */
  readonly left: number;
  /** The entry of the journal that it is. */
  readonly cause: number;
}

export interface Returned {
  readonly exchange: string;
  readonly routingKey: string;
  readonly content: Content;
}

/** What all parts of the server share: the state, the only way to change it, and what no fact holds. */
export class Broker {
  readonly state = rabbit.initial();
  readonly world: World<RabbitFact>;
  readonly router = new Router(this.state);
  readonly turns = new Turns();
  /** What messages carry, by id. */
  readonly contents = new Map<string, Content>();
  /** By channel. */
  readonly listeners = new Map<string, Listener>();
  readonly #random;
  #messages = 0;

  constructor(world: World<RabbitFact>) {
    this.world = world;
    this.#random = world.stream('rabbitmq');
  }

  /** Writes a fact down, because of what is running now unless told otherwise, and applies it. */
  record<G extends RabbitFact>(fact: G, cause = context().cause): Entry<G> {
    const entry = this.world.append(place, fact, cause);
    rabbit.evolve(this.state, entry);
    return entry;
  }

  /** The same for a fact after which the bytes of a message may be needed no more. */
  recordEnd<G extends RabbitFact & { readonly id: string }>(fact: G, cause?: number): Entry<G> {
    const entry = this.record(fact, cause);
    if (!this.state.messages.has(fact.id)) this.contents.delete(fact.id);
    return entry;
  }

  readonly channel = (id: string): Channel => this.state.channels.get(id)!;

  /** Does `work` in so many virtual ms. */
  after(delay: number, work: () => void): Timer {
    return this.world.clock.after(delay, work);
  }

  /** A name that nobody has: `prefix` and 22 characters, as long as the server's. */
  generate(prefix: string): string {
    let name = prefix;
    for (let i = 0; i < 22; i++) name += alphabet[this.#random.between(0, alphabet.length - 1)]!;
    return name;
  }

  newMessage(): string {
    return `m-${++this.#messages}`;
  }
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
