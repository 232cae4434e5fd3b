import type { Place } from '../../kernel/facts.ts';
import type { Projection } from '../../kernel/projection.ts';
import type { StoredEvent, StoredEvents } from '../../kernel/stored.ts';
import { indexesOf } from './indexes.ts';

/** What a writer expects of a stream before its append: nothing, no stream yet, some stream, or its last revision. */
export type ExpectedRevision = 'any' | 'no_stream' | 'stream_exists' | number;

export type StoreFact =
  /**
   * Recorded at the writer after the outer store has made the events durable: only then is an append answered. Without
   * events nothing was written: every one of them was there already, or there were none. An event may belong to the
   * stream's metadata (`$$stream`): that is how a deletion is written, and its end.
   */
  | {
      readonly type: 'store.appended';
      readonly stream: string;
      readonly events: readonly StoredEvent[];
      readonly at?: Place;
    }
  | ({ readonly type: 'store.rejected'; readonly stream: string; readonly at?: Place } & Rejection);

/** Why nothing was written. `actual` is the last revision of the stream, or -1 where there is none. */
export type Rejection =
  | {
      readonly because: 'wrong-expected-revision';
      readonly expected: ExpectedRevision;
      readonly actual: number;
    }
  | { readonly because: 'stream-deleted' }
  | { readonly because: 'refused'; readonly message: string };

export const storeFactTypes = ['store.appended', 'store.rejected'] as const satisfies readonly StoreFact['type'][];

export interface StoreState {
  readonly streams: Map<string, StoredEvent[]>;
  readonly all: StoredEvent[];
  /** The events of a category or of a type, in their global order, by the name of the index: see `indexes.ts`. */
  readonly indexes: Map<string, StoredEvent[]>;
  /** The revisions of the last `recentEvents` events by stream and id, the oldest first. */
  readonly recent: Map<string, number>;
}

/** How many events of the store are remembered by their ids. */
export const recentEvents = 10_000;

/** The events by stream and in their global order; the engine and the views use this very function. */
export const store: Projection<StoreState, StoreFact> = {
  initial: () => ({ streams: new Map(), all: [], indexes: new Map(), recent: new Map() }),
  evolve(state, entry) {
    if (entry.type === 'store.appended') for (const event of entry.events) add(state, event);
  },
};

/** The state of a store that holds these events. */
export function storeOf(stored: StoredEvents): StoreState {
  const state = store.initial();
  for (const event of stored) add(state, event);
  return state;
}

/** The last revision of a stream under which an event with this id was stored recently. */
export const recentRevision = ({ recent }: StoreState, stream: string, id: string): number | undefined =>
  recent.get(recentKey(stream, id));

const recentKey = (stream: string, id: string): string => `${stream}\0${id}`;

function add(state: StoreState, event: StoredEvent): void {
  const stream = state.streams.get(event.stream);
  if (stream) stream.push(event);
  else state.streams.set(event.stream, [event]);
  state.all.push(event);
  for (const index of indexesOf(event)) {
    const indexed = state.indexes.get(index);
    if (indexed) indexed.push(event);
    else state.indexes.set(index, [event]);
  }
  const key = recentKey(event.stream, event.id);
  state.recent.delete(key);
  state.recent.set(key, event.revision);
  if (state.recent.size > recentEvents) state.recent.delete(state.recent.keys().next().value!);
}
