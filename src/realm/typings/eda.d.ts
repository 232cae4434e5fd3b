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

  /** An event to be kept: `type`, and beside it whatever happened. */
  export interface NewEvent {
    /** What happened, in the past tense: `'money.deposited'`. */
    readonly type: string;
    /** The event's own id: what is appended with the same one again is kept once. */
    readonly eventId?: string;
    readonly [field: string]: unknown;
  }

  /** What every event has that the store gives back: its type, and in `$` what the store knows about it. */
  export interface Recorded {
    readonly type: string;
    readonly $: {
      readonly id: string;
      readonly stream: string;
      /** Its place in its stream, from 0. */
      readonly revision: number;
      /** Its place in the whole store, from 0. */
      readonly position: number;
      /** ISO 8601, virtual time. */
      readonly created: string;
    };
  }

  /** An event as it was written, frozen. */
  export interface RecordedEvent extends Recorded {
    readonly [field: string]: any;
  }

  /** What a writer expects of a stream: nothing in particular, no such stream yet, some stream, or its last revision. */
  export type ExpectedRevision = 'any' | 'no_stream' | 'stream_exists' | number;

  export interface AppendOptions {
    readonly expectedRevision?: ExpectedRevision;
  }

  /** Where the last event of an append stands. */
  export interface Appended {
    readonly stream: string;
    readonly revision: number;
    readonly position: number;
  }

  export interface ReadOptions {
    /** The first event to read: its revision in a stream, its position in the whole store. */
    readonly from?: number | 'start' | 'end';
    readonly direction?: 'forwards' | 'backwards';
    readonly limit?: number;
  }

  /** Keeps events for good: in order, by stream, never changed. What is here outlives a crash and a reload of the page. */
  export const eventStore: {
    /**
     * Keeps one event. Its stream is named by its first id: `{ type, accountId: 'A' }` goes to `account-A`.
     * The promise is fulfilled when the event is durable.
     *
     * @example
     * await eventStore.save({ type: 'money.deposited', accountId: 'A', amount: 100 });
     */
    save(event: NewEvent): Promise<Appended>;
    /** As `save`. */
    append(event: NewEvent): Promise<Appended>;
    /**
     * Appends to a stream, all of the events or none.
     *
     * @throws WrongExpectedVersion when somebody else was faster: read again, decide again.
     * @example
     * const past = await eventStore.read('account-A');
     * await eventStore.append('account-A', [{ type: 'money.withdrawn', amount: 100 }], {
     *   expectedRevision: past.at(-1)?.$.revision ?? 'no_stream',
     * });
     */
    append(stream: string, events: NewEvent | readonly NewEvent[], options?: AppendOptions): Promise<Appended>;
    /**
     * The events of a stream, in their order or backwards; none where there is no such stream.
     * `$ce-account` is every stream of the category `account`, `$et-money.deposited` every event of a type: read by position.
     */
    read<Event = RecordedEvent>(stream: string, options?: ReadOptions): Promise<readonly (Event & Recorded)[]>;
    /** The events of the whole store, in the order in which they were kept or backwards. */
    readAll<Event = RecordedEvent>(options?: ReadOptions): Promise<readonly (Event & Recorded)[]>;
    /**
     * Hands over every event, one after the other: those that are there, then those that come, without gap or duplicate.
     *
     * @param options `stream`: one stream, else the whole store. `from`: begins *after* this place, so give it your checkpoint.
     * @example
     * eventStore.subscribe({ from: checkpoint }, async (event) => { await project(event); });
     */
    subscribe<Event = RecordedEvent>(
      options: { readonly stream?: string; readonly from?: number | 'start' | 'end' },
      handler: (event: Event & Recorded) => unknown,
    ): Subscription;
    /** Deletes a stream softly: it is empty, and may be begun again. */
    delete(stream: string, options?: AppendOptions): Promise<Appended>;
    /** Deletes a stream for ever: nothing can be written to it any more. */
    tombstone(stream: string, options?: AppendOptions): Promise<Appended>;
    metadata(stream: string): Promise<StreamMetadata>;
    setMetadata(stream: string, metadata: StreamMetadata): Promise<Appended>;
    /** The state that was saved for a stream last, so that only what came later must be read. */
    loadSnapshot(stream: string): Promise<Snapshot | undefined>;
    saveSnapshot(stream: string, snapshot: Snapshot): Promise<Appended>;
  };

  /** `$maxCount` keeps the last so many events, `$maxAge` those not older than so many seconds, `$tb` those from a revision on. */
  export interface StreamMetadata {
    readonly $maxCount?: number;
    readonly $maxAge?: number;
    readonly $tb?: number;
    readonly [name: string]: unknown;
  }

  /** A state that was folded from a stream, and the revision of the last event in it. */
  export interface Snapshot {
    readonly revision: number;
    readonly state: any;
  }

  /** A table inside a transaction: it answers at once. */
  export interface OpenTable<Row = any> {
    /** @throws DuplicateKey where a row with this key is there already: the way to do something only once. */
    insert(row: Row): Row;
    /** Inserts the row or replaces the one that is there. */
    upsert(row: Row): Row;
    /** Changes some fields of a row; `undefined` where there is no such row. */
    update(id: string | number, changes: Partial<Row>): Row | undefined;
    /** Was there such a row? */
    delete(id: string | number): boolean;
    findById(id: string | number): Row | undefined;
    /** The rows whose fields have these values. */
    find(where: Partial<Row>): Row[];
    all(): Row[];
    /** Asks by any field: `findByCustomer('C-1')` finds rows whose `customer` or `customerId` it is. */
    [finder: `findBy${string}`]: (value: any) => any;
  }

  /**
   * Rows of JSON. A row is known by its `id`, else by `orderId` in a table `orders`. Every access takes a few virtual
   * milliseconds, and what was read may be old when it is written back.
   */
  export type Table<Row = any> = {
    [Name in keyof OpenTable<Row>]: OpenTable<Row>[Name] extends (...args: infer Args) => infer Answer
      ? (...args: Args) => Promise<Answer>
      : never;
  };

  export interface Tables {
    readonly [table: string]: Table;
  }

  export interface OpenTables {
    readonly [table: string]: OpenTable;
  }

  /**
   * What queries are answered from: tables made of events, shared by all services, as fast to read as they are late.
   *
   * @example
   * await readModel.orders.upsert({ id: event.orderId, customer: event.customer });
   * const orders = await readModel.orders.findByCustomer('C-1');
   */
  export const readModel: Tables & {
    /**
     * All of it is written or none, and nothing comes between. The work may wait for nothing but these tables.
     *
     * @example
     * await readModel.transaction(({ orders, checkpoint }) => {
     *   orders.upsert({ id: event.orderId, status: 'paid' });
     *   checkpoint('orders', event.$.position);
     * });
     */
    transaction<Result>(
      work: (tables: OpenTables & { readonly checkpoint: (projection: string, position: number) => void }) => Result,
    ): Promise<Awaited<Result>>;
    /** The position up to which a projection has come; `undefined` before its first. */
    checkpoint(projection: string): Promise<number | undefined>;
    /** How many events of the store a projection has still to see. */
    lag(projection: string): Promise<number>;
  };

  /** Tables of this service alone. They outlive its crash, and begin empty with every run. */
  export const db: Tables & {
    /**
     * All of it is written or none, and nothing comes between. The work may wait for nothing but these tables.
     *
     * @example
     * await db.transaction(({ handled, accounts }) => {
     *   handled.insert({ id: delivery.id });
     *   accounts.update(event.accountId, { balance });
     * });
     */
    transaction<Result>(work: (tables: OpenTables) => Result): Promise<Awaited<Result>>;
  };

  /** The library `prom-client`, and the four metrics that everybody counts events with. */
  export const prometheus: typeof import('prom-client') & {
    readonly eventPublished: Counter<'event_type'>;
    readonly eventProcessed: Counter<'event_type'>;
    readonly eventFailed: Counter<'event_type' | 'error_type'>;
    /** In milliseconds. */
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
/** What queries are answered from: tables made of events, shared by all services. */
declare const readModel: typeof import('eda').readModel;
/** Tables of this service alone. They outlive its crash. */
declare const db: typeof import('eda').db;
/** The library `prom-client`, and the four metrics that everybody counts events with. */
declare const prometheus: typeof import('eda').prometheus;
/** A new id, as good as unique; the same in the same run. */
declare const generateId: typeof import('eda').generateId;
/** Asks another service and waits for its answer. */
declare const call: typeof import('eda').call;
