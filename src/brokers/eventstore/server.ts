import { context, running, within, type Context } from '../../kernel/context.ts';
import type { Place } from '../../kernel/facts.ts';
import type { Life } from '../../kernel/node.ts';
import { plain } from '../../kernel/plain.ts';
import { VirtualPromise } from '../../kernel/promise.ts';
import type { StoredEvent, StoredEvents } from '../../kernel/stored.ts';
import { epoch, type World } from '../../kernel/world.ts';
import { decide } from './decide.ts';
import { isoTime } from './isotime.ts';
import { StoreRefused, StreamDeleted, WrongExpectedVersion } from './refusal.ts';
import {
  firstFrom,
  isTombstoned,
  lastRevision,
  metadataOf,
  metadataStreamOf,
  readable,
  subjectOf,
  type StreamMetadata,
} from './retention.ts';
import { store, storeOf, type ExpectedRevision, type StoreFact } from './state.ts';
import { CatchUp } from './subscription.ts';

/** Makes events durable outside; calls `done` once, at once or later, with the reason when it refused. */
export type Keep = (events: readonly StoredEvent[], done: (refused?: string) => void) => void;

/** What is appended. Without an `id` one is drawn; an id that was stored before makes the append a repetition. */
export interface NewEvent {
  readonly type: string;
  readonly data?: unknown;
  readonly metadata?: unknown;
  readonly id?: string;
}

/** Where the last event of an append stands: its revision in the stream and its position in the whole store; -1 where there is none. */
export interface Appended {
  readonly revision: number;
  readonly position: number;
}

export interface AppendOptions {
  readonly expectedRevision?: ExpectedRevision;
}

export interface ReadOptions {
  /** The first event to read, this one included: a revision in a stream, a position in the whole store. */
  readonly from?: number | 'start' | 'end';
  readonly direction?: 'forwards' | 'backwards';
  readonly limit?: number;
}

export interface StoreSubscription {
  /** One stream; the whole store when left out. */
  readonly stream?: string;
  /** Begins after this revision or position, which is therefore what a checkpoint holds; `end` skips all that is there. */
  readonly from?: number | 'start' | 'end';
}

type Draft = Omit<StoredEvent, 'position' | 'created'>;

/** Somebody asks for events to be written and waits. */
interface Request {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly ids: readonly string[];
  /** What to write when the stream is as expected and goes on at `first`. */
  draft(first: number): Draft[];
  readonly asker: Context;
  readonly at: Place | undefined;
  resolve(appended: Appended): void;
  reject(error: Error): void;
}

/** A request with what was decided about it: events to keep, or an answer that needs none. */
interface Decided {
  readonly request: Request;
  readonly events: readonly StoredEvent[];
  answer(): void;
}

/**
 * The event store: streams with revisions, one global order, optimistic concurrency, subscriptions that catch up. What
 * is asked for within a step is decided at its end against what is stored, handed to `keep` while virtual time stands
 * still, and answered in the same virtual instant: whether the outer store is slow or fast does not show in the journal.
 */
export class EventStoreServer {
  readonly state;
  readonly #world: World<StoreFact>;
  readonly #keep: Keep;
  readonly #refused: ReadonlyMap<number, string>;
  readonly #subscriptions = new Set<CatchUp>();
  /** The entry that stored an event of this run, by position. */
  readonly #entries = new Map<number, number>();
  #parked: Request[] = [];
  #commits = 0;
  #keeping = false;

  /**
   * `stored` is what the store holds when the run begins; `refused` are the commits, counted from 0, that the outer
   * store refused when this run was played live, and why: they are refused again.
   */
  constructor(
    world: World<StoreFact>,
    keep: Keep,
    stored: StoredEvents,
    refused: ReadonlyMap<number, string> = new Map(),
  ) {
    this.state = storeOf(stored);
    this.#world = world;
    this.#keep = keep;
    this.#refused = refused;
    world.onInstant(() => this.#settle());
  }

  /**
   * Appends as the node that is running: all events or none. Fulfilled when they are durable; rejected with
   * `WrongExpectedVersion`, `StreamDeleted` or `StoreRefused`, and then nothing is written.
   * @throws NotPlain at once when the data cannot travel, TypeError when an event has no type
   */
  append(stream: string, events: readonly NewEvent[], options: AppendOptions = {}): VirtualPromise<Appended> {
    demandName(stream);
    const copies = events.map((event, at) => this.#copy(event, `events[${at}]`));
    const draft = (first: number) => copies.map((copy, at) => ({ ...copy, stream, revision: first + at }));
    return this.#park(
      stream,
      options,
      copies.map(({ id }) => id),
      draft,
    );
  }

  /** Hides all that is in a stream; who appends again goes on after its last revision. */
  delete(stream: string, options: AppendOptions = {}): VirtualPromise<Appended> {
    demandName(stream);
    const id = this.#world.random.uuid();
    return this.#park(stream, options, [id], () => [this.#metadata(id, stream, lastRevision)]);
  }

  /** Ends a stream for ever, even one that never was. */
  tombstone(stream: string, options: AppendOptions = {}): VirtualPromise<Appended> {
    demandName(stream);
    const id = this.#world.random.uuid();
    const stone = { id, stream, revision: lastRevision, type: '$streamDeleted', data: {} };
    return this.#park(stream, options, [id], () => [stone]);
  }

  /** Replaces the metadata of a stream; `expectedRevision` is that of the metadata. */
  setMetadata(stream: string, metadata: StreamMetadata, options: AppendOptions = {}): VirtualPromise<Appended> {
    demandName(stream);
    return this.append(metadataStreamOf(stream), [{ type: '$metadata', data: metadata }], options);
  }

  metadata(stream: string): StreamMetadata {
    return metadataOf(this.state, stream);
  }

  /**
   * The events of a stream that its metadata lets be seen; none where there is no stream.
   * @throws StreamDeleted after a tombstone
   */
  read(stream: string, options: ReadOptions = {}): readonly StoredEvent[] {
    demandName(stream);
    if (isTombstoned(this.state, stream)) throw new StreamDeleted(stream);
    return part(this.#readable(stream), 'revision', options);
  }

  /** Every event in the order of positions; metadata hides nothing here. */
  readAll(options: ReadOptions = {}): readonly StoredEvent[] {
    return part(this.state.all, 'position', options);
  }

  /** Keeps a state that was folded from a stream up to `revision`, in a stream of its own of which only the last counts. */
  saveSnapshot(stream: string, revision: number, state: unknown): VirtualPromise<Appended> {
    demandName(stream);
    return this.append(snapshotStreamOf(stream), [{ type: '$snapshot', data: { revision, state } }]);
  }

  /** The last state that was kept of a stream, and the revision up to which it was folded. */
  loadSnapshot(stream: string): Snapshot | undefined {
    return this.state.streams.get(snapshotStreamOf(stream))?.at(-1)?.data as Snapshot | undefined;
  }

  /**
   * Hands every event to `handler`, one after the other, first those that are there, then those that come, without gap
   * or duplicate, for as long as this life lasts. What a handler throws is written down and stops nothing.
   */
  subscribe(life: Life, options: StoreSubscription, handler: (event: StoredEvent) => unknown): () => void {
    const { stream, from = 'start' } = options;
    const place = stream === undefined ? 'position' : 'revision';
    const events = () => (stream === undefined ? this.state.all : this.#readable(stream));
    const after = from === 'start' ? -1 : from === 'end' ? (events().at(-1)?.[place] ?? -1) : from;
    const cause = (event: StoredEvent) => this.#entries.get(event.position);
    const subscription = new CatchUp(this.#world, life, place, after, events, cause, handler);
    this.#subscriptions.add(subscription);
    const stop = () => {
      this.#subscriptions.delete(subscription);
      subscription.stop();
    };
    const forget = life.onEnd(stop);
    subscription.pump();
    return () => {
      forget();
      stop();
    };
  }

  #readable(stream: string): readonly StoredEvent[] {
    return readable(this.state, stream, (seconds) => this.#time(seconds));
  }

  /** The calendar of learner code, so many seconds ago. */
  #time(ago = 0): string {
    return isoTime(epoch + this.#world.now - ago * 1_000);
  }

  #copy({ type, data, metadata, id }: NewEvent, what: string): Omit<Draft, 'stream' | 'revision'> {
    if (typeof type !== 'string' || type === '') throw new TypeError(`${what} has no type, such as "money.deposited"`);
    const given = plain(metadata, `${what}.metadata`);
    return {
      id: id ?? this.#world.random.uuid(),
      type,
      data: plain(data, `${what}.data`) ?? null,
      ...(given === undefined ? {} : { metadata: given }),
    };
  }

  /** The next event of a stream's metadata: what it says now, but with this `$tb`. */
  #metadata(id: string, stream: string, $tb: number): Draft {
    const metadataStream = metadataStreamOf(stream);
    const revision = (this.state.streams.get(metadataStream)?.at(-1)?.revision ?? -1) + 1;
    return {
      id,
      stream: metadataStream,
      revision,
      type: '$metadata',
      data: { ...metadataOf(this.state, stream), $tb },
    };
  }

  #park(
    stream: string,
    { expectedRevision: expected = 'any' }: AppendOptions,
    ids: readonly string[],
    draft: (first: number) => Draft[],
  ): VirtualPromise<Appended> {
    demandExpectation(expected);
    const at = this.#world.guard.here;
    return new VirtualPromise((resolve, reject) => {
      this.#parked.push({ stream, expected, ids, draft, asker: context(), at, resolve, reject });
    });
  }

  /** The end of a step: decides on what is parked and hands it out. True when that made something happen. */
  #settle(): boolean {
    if (this.#keeping || this.#parked.length === 0) return false;
    const batch = this.#decideBatch();
    const events = batch.flatMap((decided) => decided.events);
    if (events.length === 0) this.#answer(batch);
    else this.#commit(batch, events);
    return true;
  }

  /** Takes requests in order until one meets a stream that the batch has already touched: what it meets is not decided yet. */
  #decideBatch(): Decided[] {
    const touched = new Set<string>();
    const end = this.#parked.findIndex(({ stream }) => touched.size === touched.add(subjectOf(stream)).size);
    const requests = this.#parked.splice(0, end < 0 ? this.#parked.length : end);
    let position = (this.state.all.at(-1)?.position ?? -1) + 1;
    return requests.map((request) => {
      const decided = this.#decide(request, position);
      position += decided.events.length;
      return decided;
    });
  }

  #decide(request: Request, position: number): Decided {
    const { stream, expected, ids } = request;
    const decision = decide(this.state, stream, expected, ids);
    switch (decision.outcome) {
      case 'write': {
        const drafts = request.draft(decision.first);
        if (decision.revive && drafts.some((draft) => draft.stream === stream && draft.revision !== lastRevision))
          drafts.unshift(this.#metadata(this.#world.random.uuid(), stream, decision.first));
        const created = this.#time();
        const events = drafts.map((draft, at) => ({ ...draft, position: position + at, created }));
        const last = events.at(-1);
        const appended = { revision: last?.revision ?? decision.first - 1, position: last?.position ?? -1 };
        return { request, events, answer: () => this.#appended(request, events, appended) };
      }
      case 'repeat': {
        const { revision } = decision;
        const events = this.state.streams.get(stream) ?? [];
        const { position = -1 } = events[firstFrom(events, 'revision', revision)] ?? {};
        return { request, events: [], answer: () => this.#appended(request, [], { revision, position }) };
      }
      case 'wrong': {
        const { actual } = decision;
        const error = new WrongExpectedVersion(stream, expected, actual);
        const because = 'wrong-expected-revision';
        return { request, events: [], answer: () => this.#rejected(request, { because, expected, actual }, error) };
      }
      case 'deleted': {
        const because = 'stream-deleted';
        return { request, events: [], answer: () => this.#rejected(request, { because }, new StreamDeleted(stream)) };
      }
    }
  }

  #commit(batch: readonly Decided[], events: readonly StoredEvent[]): void {
    const commit = this.#commits++;
    const struck = this.#world.faults.strike('refuse', ['store']);
    if (struck) this.#world.record('store', { type: 'fault.struck', kind: 'refuse', place: 'store' });
    const refused = struck ? 'the fault refuse@store struck' : this.#refused.get(commit);
    if (refused !== undefined) {
      this.#answer(batch, refused);
      return;
    }
    this.#keeping = true;
    this.#world.hold();
    this.#keep(events, (refused) => {
      this.#keeping = false;
      this.#world.release();
      this.#answer(batch, refused);
    });
  }

  #answer(batch: readonly Decided[], refused?: string): void {
    for (const { request, events, answer } of batch)
      within(request.asker, () => {
        if (refused === undefined || events.length === 0) answer();
        else
          this.#rejected(request, { because: 'refused', message: refused }, new StoreRefused(request.stream, refused));
      });
    for (const subscription of this.#subscriptions) subscription.pump();
  }

  #appended({ stream, at, resolve }: Request, events: readonly StoredEvent[], appended: Appended): void {
    const { seq } = this.#record({ type: 'store.appended', stream, events, ...(at ? { at } : {}) });
    for (const { position } of events) this.#entries.set(position, seq);
    resolve(appended);
  }

  #rejected({ stream, at, reject }: Request, why: Rejection, error: Error): void {
    this.#record({ type: 'store.rejected', stream, ...why, ...(at ? { at } : {}) });
    reject(this.#world.blame(error, at));
  }

  #record(fact: StoreFact) {
    const entry = this.#world.append(running(), fact);
    store.evolve(this.state, entry);
    return entry;
  }
}

/** A state and the revision of the last event in it. */
export interface Snapshot {
  readonly revision: number;
  readonly state: unknown;
}

type Rejection = Omit<Extract<StoreFact, { type: 'store.rejected' }>, 'type' | 'stream' | 'at'>;

const snapshotStreamOf = (stream: string): string => `$snapshot-${stream}`;

function part(
  events: readonly StoredEvent[],
  place: 'revision' | 'position',
  options: ReadOptions,
): readonly StoredEvent[] {
  const { direction = 'forwards', limit = Infinity } = options;
  const from = options.from ?? (direction === 'forwards' ? 'start' : 'end');
  if (direction === 'forwards') {
    const start = from === 'start' ? 0 : from === 'end' ? events.length : firstFrom(events, place, from);
    return events.slice(start, start + limit);
  }
  const end = from === 'end' ? events.length : from === 'start' ? 0 : firstFrom(events, place, from + 1);
  return events.slice(Math.max(0, end - limit), end).reverse();
}

function demandName(stream: string): void {
  if (typeof stream !== 'string' || stream === '')
    throw new TypeError('the stream must be a string, such as "account-42"');
}

function demandExpectation(expected: unknown): void {
  const known = expected === 'any' || expected === 'no_stream' || expected === 'stream_exists';
  if (!known && !(Number.isSafeInteger(expected) && (expected as number) >= 0))
    throw new TypeError(
      `expectedRevision must be "any", "no_stream", "stream_exists" or a revision from 0, not ${String(expected)}`,
    );
}
