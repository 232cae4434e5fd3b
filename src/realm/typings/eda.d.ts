/** What every service here finds without an import, and can import by this name too. */
declare module 'eda' {
  import type { Counter, Histogram } from 'prom-client';

  /** What a handler is told about the delivery of an event. The event itself is the handler's first argument. */
  export interface Delivery {
    /** The event's own id: the same on every delivery of it. Remember it to handle each event once. */
    readonly id: string;
    /** What was published: `'order.created'`. */
    readonly type: string;
    /** When it was published: virtual milliseconds from the beginning of the run. */
    readonly time: number;
    /** 1 for the first delivery. */
    readonly attempt: number;
    /** Was it delivered before, to this subscription? */
    readonly redelivered: boolean;
    /** The service that published it. */
    readonly source: string;
  }

  export interface SubscribeOptions {
    /** How many events the handler works on at the same time. 1, the default, keeps their order. */
    concurrency?: number;
    /**
     * How often a handler that throws is tried in all, and how long the bus waits in between: virtual milliseconds,
     * multiplied by `factor` each time. Without it an event whose handler threw is settled as failed.
     */
    retry?: { attempts: number; delay?: number; factor?: number };
  }

  export interface Subscription {
    /** No more events. What is on its way may still arrive. */
    unsubscribe(): void;
  }

  /** Takes events from those who publish to those who subscribed; neither knows the other. */
  export const eventBus: {
    /**
     * Tells everybody who subscribed that something happened.
     *
     * The data travels as JSON: a `Date` arrives as a string, a function or a cycle is refused at once.
     * The promise is fulfilled when the bus has *accepted* the event, not when it was handled.
     *
     * @example
     * await eventBus.publish('order.created', { orderId: order.id, amount: order.amount });
     */
    publish(type: string, data?: unknown): Promise<void>;
    /**
     * Calls the handler with every event whose type fits the pattern: `*` stands for one word, `#` for any number.
     *
     * An event comes **at least once**: after a crash, or when an acknowledgement is lost, it comes again.
     * The subscription outlives a crash of its service; what was published meanwhile waits.
     *
     * @example
     * eventBus.subscribe('order.created', async (event) => { await reserve(event.orderId); });
     * eventBus.subscribe('order.*', audit, { retry: { attempts: 3, delay: 100 } });
     */
    subscribe<Event = any>(
      pattern: string,
      handler: (event: Event, delivery: Delivery) => unknown,
      options?: SubscribeOptions,
    ): Subscription;
  };

  /** An event that has happened and is to be kept. */
  export interface NewEvent {
    /** What happened, in the past tense: `'money.deposited'`. */
    readonly type: string;
    readonly [field: string]: unknown;
  }

  /** An event as the store keeps it. */
  export interface StoredEvent<Data = any> {
    readonly id: string;
    readonly stream: string;
    /** Its place in its stream, from 0. */
    readonly revision: number;
    /** Its place in the whole store, from 0. */
    readonly position: number;
    readonly type: string;
    readonly data: Data;
    readonly metadata?: unknown;
    /** ISO 8601, virtual time. */
    readonly created: string;
  }

  /** What a writer expects of a stream: nothing in particular, no such stream yet, some stream, or its last revision. */
  export type ExpectedRevision = 'any' | 'no_stream' | 'stream_exists' | number;

  export interface Appended {
    readonly stream: string;
    /** The revision of the stream's last event now. */
    readonly revision: number;
  }

  /** Keeps events for good: in order, by stream, never changed. What is here outlives a crash and a reload of the page. */
  export const eventStore: {
    /**
     * Keeps one event. Its stream is named by its first id: `{ type, accountId: 'A' }` goes to `account-A`.
     * The promise is fulfilled when the event is durable.
     */
    save(event: NewEvent): Promise<Appended>;
    append(event: NewEvent): Promise<Appended>;
    /**
     * Appends to a stream, all of the events or none.
     *
     * @throws WrongExpectedRevision when somebody else was faster: read again, decide again.
     * @example
     * const past = await eventStore.read('account-A');
     * await eventStore.append('account-A', [{ type: 'money.withdrawn', amount: 100 }], {
     *   expectedRevision: past.length - 1,
     * });
     */
    append(
      stream: string,
      events: NewEvent | readonly NewEvent[],
      options?: { expectedRevision?: ExpectedRevision },
    ): Promise<Appended>;
    /** The events of a stream, in their order or backwards; none where there is no such stream. */
    read(stream: string, options?: { from?: number; direction?: 'forwards' | 'backwards' }): Promise<StoredEvent[]>;
    /** All events of the store in the order in which they were kept. */
    readAll(options?: { from?: number }): Promise<StoredEvent[]>;
    /** All events from a position on, and those to come. */
    subscribe(options?: { from?: number }): import('rxjs').Observable<StoredEvent>;
  };

  /** A table of rows with an `id`. */
  export interface Table<Row = any> {
    findById(id: string): Promise<Row | undefined>;
    insert(row: Row): Promise<void>;
    /** Inserts the row or replaces the one that is there. */
    upsert(row: Row): Promise<void>;
    update(id: string, changes: Partial<Row>): Promise<void>;
    delete(id: string): Promise<void>;
  }

  /** A table that can be asked by any of its fields: `findByCustomer('C-1')`. */
  export type ReadModel<Row = any> = Table<Row> & {
    readonly [finder: `findBy${string}`]: (value: any) => Promise<any>;
  };

  /**
   * What queries are answered from: tables made of events, as fast to read as they are late.
   *
   * @example
   * await readModel.orders.upsert({ id: event.orderId, customer: event.customer });
   * const orders = await readModel.orders.findByCustomer('C-1');
   */
  export const readModel: { readonly [table: string]: ReadModel };

  /** Tables of this service alone. They outlive its crash. */
  export const db: { readonly [table: string]: Table };

  /** The counters of this service, as `prom-client` keeps them. */
  export const prometheus: {
    readonly eventPublished: Counter<'event_type'>;
    readonly eventProcessed: Counter<'event_type'>;
    readonly eventFailed: Counter<'event_type' | 'error_type'>;
    readonly processingDuration: Histogram<'event_type'>;
  };

  /** A new id, as good as unique; the same in the same run. */
  export function generateId(): string;

  /**
   * Asks another service and waits for its answer. A service offers the functions that it exports and the methods of
   * the class that it exports. The connection can break, and the answer can be lost after the work was done.
   *
   * @throws ServiceUnavailable, CallTimeout (5 virtual seconds), UnknownMethod, or what the other service threw.
   * @example
   * const user = await call('user-service', 'getUser', userId);
   */
  export function call<Answer = any>(service: string, method: string, ...args: unknown[]): Promise<Answer>;
}

/** Takes events from those who publish to those who subscribed. */
declare const eventBus: typeof import('eda').eventBus;
/** Keeps events for good: in order, by stream, never changed. */
declare const eventStore: typeof import('eda').eventStore;
/** What queries are answered from: tables made of events. */
declare const readModel: typeof import('eda').readModel;
/** Tables of this service alone. They outlive its crash. */
declare const db: typeof import('eda').db;
/** The counters of this service, as `prom-client` keeps them. */
declare const prometheus: typeof import('eda').prometheus;
/** A new id, as good as unique; the same in the same run. */
declare const generateId: typeof import('eda').generateId;
/** Asks another service and waits for its answer. */
declare const call: typeof import('eda').call;
