import { catchError, defer, EMPTY, mergeMap, Observable, retry, Subject, tap } from 'rxjs';
import { context, running, within } from '../../kernel/context.ts';
import type { Entry } from '../../kernel/journal.ts';
import type { Life } from '../../kernel/node.ts';
import { plain } from '../../kernel/plain.ts';
import { VirtualPromise } from '../../kernel/promise.ts';
import type { World } from '../../kernel/world.ts';
import { Router } from './router.ts';
import { bus, type BusFact, type Outcome, type Published } from './state.ts';

/** How long a publisher waits to hear that the bus has accepted: virtual ms. */
export const publishTimeout = 5_000;
/** How long the bus waits for an acknowledgement that was lost on the way before it delivers again: virtual ms. */
export const redeliveryDelay = 1_000;

/** What a handler is told about the delivery of its event. */
export interface Delivery {
  readonly id: string;
  readonly type: string;
  /** When it was published: virtual ms. */
  readonly time: number;
  /** 1 for the first time. */
  readonly attempt: number;
  readonly redelivered: boolean;
  /** The service that published it. */
  readonly source: string;
}

export type Handler = (event: unknown, delivery: Delivery) => unknown;

export interface SubscribeOptions {
  /** How many events the handler works on at the same time; 1 keeps their order. */
  readonly concurrency?: number;
  /** How often a handler that throws is tried in all, and how long the bus waits in between: virtual ms, multiplied by `factor` each time. */
  readonly retry?: { readonly attempts: number; readonly delay?: number; readonly factor?: number };
}

/** The bus did not answer, or the connection to it broke: the event may have been accepted or not. */
export class PublishFailed extends Error {
  override readonly name = 'PublishFailed';
}

/** What is done by hand to an event that waits. `place` is the subscription; `by` is how much later: virtual ms. */
export interface Deed {
  readonly do: 'deliver' | 'delay' | 'duplicate' | 'drop';
  readonly id: string;
  readonly place: string;
  readonly by?: number;
}

/** What the bus sends to a subscriber. */
interface Parcel {
  readonly event: Published;
  readonly attempt: number;
  readonly redelivered: boolean;
  readonly sent: number;
  readonly arrived: number;
}

/** A subscription while its node lives: the pipeline that feeds the handler. The durable part is in `state`. */
interface Consumer {
  readonly life: Life;
  /** What has arrived and is not handled yet, in the order in which it will be. */
  readonly waiting: Parcel[];
  /** One turn for each parcel: whoever is first in line then takes it. */
  readonly turns: Subject<void>;
}

/**
 * The event bus: topics with wildcards, durable subscriptions, at-least-once delivery. Commands record facts; `evolve` of
 * `state.ts` is the only thing that changes what the bus knows. Each subscription is one RxJS pipeline whose `mergeMap`
 * works on as many events at a time as the subscriber allows.
 */
export class BusServer {
  readonly state = bus.initial();
  readonly #world: World<BusFact>;
  readonly #router = new Router<string>();
  readonly #consumers = new Map<string, Consumer>();
  #events = 0;

  constructor(world: World<BusFact>) {
    this.#world = world;
  }

  /**
   * Publishes as the node that is running. The promise is fulfilled when the bus has accepted the event.
   * @throws NotPlain at once when the data cannot travel
   */
  publish(type: string, data: unknown): VirtualPromise<void> {
    if (typeof type !== 'string' || type === '')
      throw new TypeError('the event type must be a string, such as "order.created"');
    const copy = plain(data, 'data') ?? null;
    const world = this.#world;
    const node = running();
    const at = world.guard.here;
    const id = `e-${++this.#events}`;
    const published = this.#record(node, { type: 'bus.published', id, event: type, data: copy, ...(at ? { at } : {}) });
    return new VirtualPromise((resolve, reject) => {
      const publisher = context();
      const end = (settle: () => void) => {
        deadline.cancel();
        within(publisher, settle);
      };
      const fail = (why: string) => end(() => reject(world.blame(new PublishFailed(`${type} (${id}): ${why}`), at)));
      const deadline = world.clock.after(publishTimeout, () =>
        fail(`the bus did not answer within ${publishTimeout} ms`),
      );
      const broken = () => fail('the connection to the bus broke');
      const accepted = () => end(resolve);
      const arrive = () => {
        this.#route(id, published.seq);
        if (world.faults.strike('lose-ack', [`bus>${node}`, 'bus', node])) this.#struck('lose-ack', `bus>${node}`, id);
        else world.network.send({ from: 'bus', to: node, id, arrive: accepted, lost: broken });
      };
      world.network.send({ from: node, to: 'bus', id, arrive, lost: broken });
    });
  }

  /**
   * Subscribes a handler for as long as this life lasts; the subscription itself outlives it, so what was not settled
   * comes again when the restarted node subscribes again. A second subscription of one node to the same pattern is another
   * one. The returned function ends it for good: what the handler is working on comes to its end, nothing more begins.
   * @throws TypeError, RangeError when an argument is not what it should be
   */
  subscribe(life: Life, pattern: string, handler: Handler, options: SubscribeOptions = {}): () => void {
    if (typeof pattern !== 'string' || pattern === '')
      throw new TypeError('the pattern must be a string, such as "order.*"');
    if (typeof handler !== 'function')
      throw new TypeError(`the handler of "${pattern}" must be a function, not ${typeof handler}`);
    const { concurrency = 1, retry: policy } = options;
    if (!isCount(concurrency)) throw new RangeError(`concurrency must be a whole number from 1 on, not ${concurrency}`);
    if (policy && !isCount(policy.attempts) && policy.attempts !== Infinity)
      throw new RangeError(`retry.attempts must be a whole number from 1 on or Infinity, not ${policy.attempts}`);
    const subscription = this.#name(life, pattern);
    if (!this.state.subscriptions.has(subscription)) this.#router.add(pattern, subscription);
    this.#record(life.node, { type: 'bus.subscribed', subscription, pattern, concurrency });

    const consumer: Consumer = { life, waiting: [], turns: new Subject() };
    const isCurrent = () => this.#consumers.get(subscription) === consumer;
    const next = () => {
      const parcel = isCurrent() ? consumer.waiting.shift() : undefined;
      return parcel ? this.#handle(subscription, life, handler, parcel, policy) : EMPTY;
    };
    const pipeline = consumer.turns.pipe(mergeMap(next, concurrency)).subscribe();
    this.#consumers.set(subscription, consumer);
    const forget = life.onEnd(() => {
      pipeline.unsubscribe();
      this.#consumers.delete(subscription);
    });
    for (const [id, attempts] of this.state.subscriptions.get(subscription)!.unsettled)
      this.#send(subscription, this.state.events.get(id)!, attempts > 0);

    return () => {
      if (!isCurrent()) return;
      forget();
      this.#consumers.delete(subscription);
      consumer.turns.complete();
      this.#router.remove(subscription);
      this.#record(life.node, { type: 'bus.unsubscribed', subscription });
    };
  }

  /** `node:pattern`, and `#2`, `#3` … while the same life already has that one. */
  #name(life: Life, pattern: string): string {
    const name = `${life.node}:${pattern}`;
    let free = name;
    for (let n = 2; this.#consumers.has(free); n++) free = `${name}#${n}`;
    return free;
  }

  #route(id: string, cause: number): void {
    const event = this.state.events.get(id)!;
    const to = this.#router.route(event.type);
    this.#record('bus', { type: 'bus.routed', id, to }, cause);
    for (const subscription of to) {
      const node = this.#consumers.get(subscription)?.life.node;
      if (node === undefined) continue;
      this.#send(subscription, event, false);
      const link = `bus>${node}`;
      if (this.#world.faults.strike('duplicate', [link, 'bus', node])) {
        this.#struck('duplicate', link, id);
        this.#send(subscription, event, false);
      }
    }
  }

  /** Puts an unsettled event on its way, unless nobody is there: then it waits for the next `subscribe`. */
  #send(subscription: string, event: Published, redelivered: boolean): void {
    const consumer = this.#consumers.get(subscription);
    if (!consumer) return;
    const { clock, network } = this.#world;
    const { node } = consumer.life;
    const sent = clock.now;
    const attempt = (this.state.subscriptions.get(subscription)!.unsettled.get(event.id) ?? 0) + 1;
    network.send({
      from: 'bus',
      to: node,
      id: event.id,
      overtaking: true,
      arrive: () => this.#queue(consumer, { event, attempt, redelivered, sent, arrived: clock.now }),
      again: () => this.#send(subscription, event, false),
      lost: () => this.#sendAgain(subscription, event),
      dropped: () => this.#settle(subscription, event.id, 'lost', event.seq),
    });
  }

  #queue(consumer: Consumer, parcel: Parcel): void {
    consumer.waiting.push(parcel);
    consumer.life.awake(() => consumer.turns.next());
  }

  /**
   * By hand, to an event that waits at a subscription: it is the next in line, or comes so much later (virtual ms), once
   * more, or never. Nothing, where it does not wait.
   */
  strike({ do: deed, id, place, by = 0 }: Deed): void {
    const event = this.state.events.get(id);
    if (!event || !this.state.subscriptions.get(place)?.unsettled.has(id)) return;
    const consumer = this.#consumers.get(place);
    const at = consumer?.waiting.findIndex((parcel) => parcel.event.id === id) ?? -1;
    // Where nobody subscribes any more, an event waits at the bus: it cannot be sent, but it can be lost.
    if (at < 0 && (consumer || deed !== 'drop')) return;
    this.#struck(deed, place, id);
    if (deed === 'duplicate') return this.#send(place, event, false);
    const [parcel] = consumer?.waiting.splice(at, 1) ?? [];
    if (deed === 'drop') this.#settle(place, id, 'lost', event.seq);
    else if (deed === 'deliver') consumer!.waiting.unshift(parcel!);
    else this.#world.clock.after(by, () => this.#queue(consumer!, parcel!));
  }

  #sendAgain(subscription: string, event: Published): void {
    this.#world.clock.after(redeliveryDelay, () => {
      if (this.state.subscriptions.get(subscription)?.unsettled.has(event.id)) this.#send(subscription, event, true);
    });
  }

  /** One event through the handler, retries included, to its acknowledgement. Never fails: a failure is a fact. */
  #handle(
    subscription: string,
    life: Life,
    handler: Handler,
    parcel: Parcel,
    policy: SubscribeOptions['retry'],
  ): Observable<void> {
    const { id } = parcel.event;
    let attempt = parcel.attempt - 1;
    let delivered: Entry<BusFact> | undefined;
    const once = defer(() => {
      attempt++;
      const redelivered = parcel.redelivered || attempt > parcel.attempt;
      const { sent, arrived } = parcel;
      if (this.#crashes(life, 'before-handling', id)) return EMPTY;
      delivered = this.#record(
        life.node,
        { type: 'bus.delivered', id, subscription, attempt, redelivered, sent, arrived },
        parcel.event.seq,
      );
      return this.#attempt(subscription, life, handler, parcel.event, delivered, attempt, redelivered);
    });
    const again = policy && {
      count: policy.attempts - 1,
      delay: (_: unknown, n: number) => this.#after(life, backOff(policy, n)),
    };
    return (again ? once.pipe(retry(again)) : once).pipe(
      tap({
        next: () => this.#acknowledge(subscription, life, parcel.event, 'acked', delivered!.seq),
        error: () => this.#acknowledge(subscription, life, parcel.event, 'failed', delivered!.seq),
      }),
      catchError(() => EMPTY),
    );
  }

  /** Calls the handler as its node, writes down how it ended, and passes that on as a value or an error. */
  #attempt(
    subscription: string,
    life: Life,
    handler: Handler,
    { id, type, data, time, source }: Published,
    { seq }: Entry,
    attempt: number,
    redelivered: boolean,
  ): Observable<void> {
    const work = new Observable<void>((subscriber) => {
      const handled = () => {
        this.#record(life.node, { type: 'bus.handled', id, subscription, attempt }, seq);
        subscriber.next();
        subscriber.complete();
      };
      const failed = (error: unknown) => {
        const failure = this.#world.describe(error);
        this.#record(life.node, { type: 'bus.handled', id, subscription, attempt, error: failure }, seq);
        subscriber.error(error);
      };
      life.do(seq, () =>
        VirtualPromise.try(() => handler(data, { id, type, time, attempt, redelivered, source })).then(handled, failed),
      );
    });
    const slow = this.#world.faults.strike('slow', [life.node]);
    if (slow) this.#struck('slow', life.node, id);
    const later = this.#world.slowness(life.node) + (slow ? this.#world.faults.draw(slow) : 0);
    return later > 0 ? this.#after(life, later).pipe(mergeMap(() => work)) : work;
  }

  #acknowledge(subscription: string, life: Life, event: Published, outcome: Outcome, cause: number): void {
    const { id } = event;
    if (this.#crashes(life, 'before-ack', id)) return;
    const { faults, network } = this.#world;
    const link = `${life.node}>bus`;
    if (faults.strike('lose-ack', [link, 'bus', life.node])) {
      this.#struck('lose-ack', link, id);
      this.#sendAgain(subscription, event);
    } else {
      const arrive = () => this.#settle(subscription, id, outcome, cause);
      const lost = () => this.#sendAgain(subscription, event);
      network.send({ from: life.node, to: 'bus', id, arrive, lost, dropped: lost });
    }
    this.#crashes(life, 'after-ack', id);
  }

  #settle(subscription: string, id: string, outcome: Outcome, cause: number): void {
    if (this.state.subscriptions.get(subscription)?.unsettled.has(id))
      this.#record('bus', { type: 'bus.settled', id, subscription, outcome }, cause);
  }

  #crashes(life: Life, point: 'before-handling' | 'before-ack' | 'after-ack', id: string): boolean {
    if (!this.#world.faults.strike('crash', [life.node], point)) return false;
    this.#struck('crash', life.node, id);
    this.#world.crash(life.node, 'fault');
    return true;
  }

  /** Emits once, in `delay` virtual ms, or later if the node is paused then. */
  #after(life: Life, delay: number): Observable<void> {
    return new Observable((subscriber) => {
      const timer = this.#world.clock.after(delay, () =>
        life.awake(() => {
          subscriber.next();
          subscriber.complete();
        }),
      );
      return () => timer.cancel();
    });
  }

  #struck(kind: string, place: string, id: string): void {
    this.#world.record(place.includes(':') ? 'bus' : place.split('>')[0]!, { type: 'fault.struck', kind, place, id });
  }

  #record<G extends BusFact>(node: string, fact: G, cause?: number): Entry<G> {
    const entry = cause === undefined ? this.#world.append(node, fact) : this.#world.append(node, fact, cause);
    bus.evolve(this.state, entry);
    return entry;
  }
}

const isCount = (value: unknown): boolean => Number.isInteger(value) && (value as number) >= 1;

const backOff = ({ delay = 0, factor = 1 }: NonNullable<SubscribeOptions['retry']>, n: number): number =>
  delay * factor ** (n - 1);
