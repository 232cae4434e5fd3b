import type { Life } from '../../kernel/node.ts';
import { plain } from '../../kernel/plain.ts';
import type { VirtualPromise } from '../../kernel/promise.ts';
import type { StoredEvent, StoredEvents } from '../../kernel/stored.ts';
import { epoch, type World } from '../../kernel/world.ts';
import { Commits, type Appended, type Draft, type Keep } from './commits.ts';
import { isoTime } from './isotime.ts';
import { isIndex } from './indexes.ts';
import { part, type ReadOptions } from './reading.ts';
import { StreamDeleted } from './refusal.ts';
import {
  isTombstoned,
  lastRevision,
  metadataOf,
  metadataStreamOf,
  readable,
  type StreamMetadata,
} from './retention.ts';
import { storeOf, type ExpectedRevision, type StoreFact, type StoreState } from './state.ts';
import { CatchUp } from './subscription.ts';

/** What is appended. Without an `id` one is drawn; an id that was stored before makes the append a repetition. */
export interface NewEvent {
  readonly type: string;
  readonly data?: unknown;
  readonly metadata?: unknown;
  readonly id?: string;
}

export interface AppendOptions {
  readonly expectedRevision?: ExpectedRevision;
}

export interface StoreSubscription {
  /** One stream; the whole store when left out. */
  readonly stream?: string;
  /** Begins after this revision or position, which is therefore what a checkpoint holds; `end` skips all that is there. */
  readonly from?: number | 'start' | 'end';
}

/** A state that was folded from a stream, and the revision of the last event in it. */
export interface Snapshot {
  readonly revision: number;
  readonly state: unknown;
}

/**
 * The event store: streams with revisions, one global order, optimistic concurrency, subscriptions that catch up. Its
 * state changes by recorded facts alone, after the outer store has made the events durable.
 */
export class EventStoreServer {
  readonly state: StoreState;
  readonly #world: World<StoreFact>;
  readonly #commits: Commits;
  readonly #subscriptions = new Set<CatchUp>();

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
    this.#world = world;
    this.state = storeOf(stored);
    this.#commits = new Commits(world, this.state, keep, refused, () => {
      for (const subscription of this.#subscriptions) subscription.pump();
    });
  }

  /**
   * Appends as the node that is running: all events or none. Fulfilled when they are durable. Rejected with
   * `WrongExpectedVersion`, `StreamDeleted` or `StoreRefused` when nothing is written, with `StoreTimeout` when nobody knows.
   * @throws NotPlain at once when the data cannot travel, TypeError when an event has no type
   */
  append(stream: string, events: readonly NewEvent[], options: AppendOptions = {}): VirtualPromise<Appended> {
    demandName(stream);
    const copies = events.map((event, at) => this.#copy(event, `events[${at}]`));
    const ids = copies.map(({ id }) => id);
    return this.#ask(stream, options, ids, (first) =>
      copies.map(({ id, ...copy }, at) => ({ id, stream, revision: first + at, ...copy })),
    );
  }

  /** Hides all that is in a stream; who appends again goes on after its last revision. Rejected as an append is. */
  delete(stream: string, options: AppendOptions = {}): VirtualPromise<Appended> {
    demandName(stream);
    const id = this.#world.random.uuid();
    return this.#ask(stream, options, [id], () => [this.#commits.truncation(id, stream, lastRevision)]);
  }

  /** Ends a stream for ever, even one that never was. Rejected as an append is. */
  tombstone(stream: string, options: AppendOptions = {}): VirtualPromise<Appended> {
    demandName(stream);
    const id = this.#world.random.uuid();
    const stone = { id, stream, revision: lastRevision, type: '$streamDeleted', data: {} };
    return this.#ask(stream, options, [id], () => [stone]);
  }

  /** What is said about a stream; empty when nothing is. */
  metadata(stream: string): StreamMetadata {
    return metadataOf(this.state, stream);
  }

  /** Replaces the metadata of a stream; `expectedRevision` is that of the metadata, which have revisions of their own. */
  setMetadata(stream: string, metadata: StreamMetadata, options: AppendOptions = {}): VirtualPromise<Appended> {
    demandName(stream);
    return this.append(metadataStreamOf(stream), [{ type: '$metadata', data: metadata }], options);
  }

  /**
   * The events of a stream that its metadata lets be seen; none where there is no stream. An index (`$ce-account`,
   * `$et-money.deposited`) is read by position, as the whole store is.
   * @throws StreamDeleted after a tombstone
   */
  read(stream: string, options: ReadOptions = {}): readonly StoredEvent[] {
    demandName(stream);
    if (isIndex(stream)) return part(this.#indexed(stream), 'position', options);
    if (isTombstoned(this.state, stream)) throw new StreamDeleted(stream);
    return part(this.#readable(stream), 'revision', options);
  }

  /** Every event in the order of positions, those of the system (`$…`) too; metadata hides nothing here. */
  readAll(options: ReadOptions = {}): readonly StoredEvent[] {
    return part(this.state.all, 'position', options);
  }

  /** How many events follow this position, not counting those of the system. */
  eventsAfter(position: number): number {
    return this.readAll({ from: position + 1 }).filter(({ type }) => !type.startsWith('$')).length;
  }

  /** Keeps a state in a stream of its own, of which the last event counts. */
  saveSnapshot(stream: string, { revision, state }: Snapshot): VirtualPromise<Appended> {
    demandName(stream);
    return this.append(snapshotStreamOf(stream), [{ type: '$snapshot', data: { revision, state } }]);
  }

  /** The last state that was kept of a stream. */
  loadSnapshot(stream: string): Snapshot | undefined {
    return this.state.streams.get(snapshotStreamOf(stream))?.at(-1)?.data as Snapshot | undefined;
  }

  /**
   * Hands every event to `handler`, one after the other, first those that are there, then those that come, without gap
   * or duplicate, for as long as this life lasts. What a handler throws is written down and stops nothing.
   */
  subscribe(life: Life, options: StoreSubscription, handler: (event: StoredEvent) => unknown): () => void {
    const { stream, from = 'start' } = options;
    const place = stream === undefined || isIndex(stream) ? 'position' : 'revision';
    const events = () =>
      stream === undefined ? this.state.all : isIndex(stream) ? this.#indexed(stream) : this.#readable(stream);
    const after = from === 'start' ? -1 : from === 'end' ? (events().at(-1)?.[place] ?? -1) : from;
    const entryOf = (event: StoredEvent) => this.#commits.entryOf(event);
    const subscription = new CatchUp(this.#world, life, { events, place, after, entryOf }, handler);
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

  #indexed(index: string): readonly StoredEvent[] {
    return this.state.indexes.get(index) ?? [];
  }

  #readable(stream: string): readonly StoredEvent[] {
    return readable(this.state, stream, (seconds) => isoTime(epoch + this.#world.now - seconds * 1_000));
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

  #ask(stream: string, options: AppendOptions, ids: readonly string[], draft: (first: number) => Draft[]) {
    const { expectedRevision: expected = 'any' } = options;
    demandExpectation(expected);
    return this.#commits.ask({ stream, expected, ids, draft });
  }
}

const snapshotStreamOf = (stream: string): string => `$snapshot-${stream}`;

function demandName(stream: string): void {
  if (typeof stream !== 'string' || stream === '')
    throw new TypeError('the stream must be a string, such as "account-42"');
}

function demandExpectation(expected: unknown): void {
  if (expected === 'any' || expected === 'no_stream' || expected === 'stream_exists') return;
  if (Number.isSafeInteger(expected) && (expected as number) >= 0) return;
  throw new TypeError(
    `expectedRevision must be "any", "no_stream", "stream_exists" or a revision from 0, not ${String(expected)}`,
  );
}
