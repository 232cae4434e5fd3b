import { context } from '../../kernel/context.ts';
import { Life } from '../../kernel/node.ts';
import { VirtualPromise } from '../../kernel/promise.ts';
import type { StoredEvent } from '../../kernel/stored.ts';
import type { World } from '../../kernel/world.ts';
import type { Appended } from './commits.ts';
import type { ReadOptions } from './reading.ts';
import type { AppendOptions, EventStoreServer, NewEvent, Snapshot, StoreSubscription } from './server.ts';
import type { StreamMetadata } from './retention.ts';
import { streamOf } from './streamname.ts';

/**
 * An event as learner code writes it: `type`, and beside it whatever happened. An `eventId` is the event's id in the
 * store: what is appended with the same one again is stored once.
 */
export interface LearnerEvent {
  readonly type: string;
  readonly [field: string]: unknown;
}

/** An event as learner code reads it: what was written, as a frozen JSON copy. */
export interface RecordedEvent extends LearnerEvent {
  /** What the store knows about it. Copies of the event, `{ ...event }` or JSON, leave it behind. */
  readonly $: Pick<StoredEvent, 'id' | 'stream' | 'revision' | 'position' | 'created'>;
}

/** How long a question travels to the store, and as long again the answer: virtual ms, drawn for each. It may be old when it arrives. */
const travel = { least: 1, most: 2 } as const;

/** The event store as learner code sees it: it acts as whoever is running, and shows no events of the system (`$…`). */
export function storeFacade(store: EventStoreServer, world: World) {
  const random = world.stream('store');
  const travelled = () =>
    new VirtualPromise<void>(
      (resolve) => void world.clock.after(random.between(travel.least, travel.most), () => resolve()),
    );
  const answer = <T>(work: () => T): VirtualPromise<T> =>
    travelled()
      .then(work)
      .then((value) => travelled().then(() => value));

  function append(event: LearnerEvent): VirtualPromise<Appended>;
  function append(
    stream: string,
    events: LearnerEvent | readonly LearnerEvent[],
    options?: AppendOptions,
  ): VirtualPromise<Appended>;
  function append(
    target: string | LearnerEvent,
    events?: LearnerEvent | readonly LearnerEvent[],
    options?: AppendOptions,
  ) {
    if (typeof target !== 'string') return store.append(streamOf(demandEvent(target)), [written(target)]);
    if (target.startsWith('$')) throw new TypeError(`streams that begin with $ belong to the store itself: ${target}`);
    if (events === undefined) throw new TypeError('append(stream, events) was given no events');
    return store.append(target, [events].flat().map(written), options);
  }

  return {
    /** Appends one event to the stream that its `<name>Id` names. */
    save: (event: LearnerEvent) => append(event),
    append,
    read: (stream: string, options?: ReadOptions) => answer(() => store.read(stream, options).map(recorded)),
    readAll: (options: ReadOptions = {}) =>
      answer(() => {
        const { limit = Infinity, ...range } = options;
        return store.readAll(range).filter(isLearners).slice(0, limit).map(recorded);
      }),
    subscribe(options: StoreSubscription, handler: (event: RecordedEvent) => unknown) {
      const { owner } = context();
      if (!(owner instanceof Life)) throw new Error('eventStore.subscribe can be used in a service only');
      if (typeof handler !== 'function')
        throw new TypeError(`the handler of eventStore.subscribe must be a function, not ${typeof handler}`);
      const unsubscribe = store.subscribe(owner, options, (event) =>
        isLearners(event) ? handler(recorded(event)) : undefined,
      );
      return { unsubscribe };
    },
    delete: (stream: string, options?: AppendOptions) => store.delete(stream, options),
    tombstone: (stream: string, options?: AppendOptions) => store.tombstone(stream, options),
    metadata: (stream: string): VirtualPromise<StreamMetadata> => answer(() => store.metadata(stream)),
    setMetadata: (stream: string, metadata: StreamMetadata) => store.setMetadata(stream, metadata),
    loadSnapshot: (stream: string): VirtualPromise<Snapshot | undefined> => answer(() => store.loadSnapshot(stream)),
    saveSnapshot: (stream: string, snapshot: Snapshot) => store.saveSnapshot(stream, snapshot),
  };
}

const isLearners = ({ type }: StoredEvent): boolean => !type.startsWith('$');

function demandEvent(event: LearnerEvent): LearnerEvent {
  const given: unknown = event;
  if (given === null || typeof given !== 'object' || Array.isArray(given))
    throw new TypeError(`an event must be an object such as { type: 'money.deposited', accountId: 'A', amount: 10 }`);
  if (typeof event.type !== 'string' || event.type === '')
    throw new TypeError('the event has no type, such as "money.deposited"');
  if (event.type.startsWith('$'))
    throw new TypeError(`types that begin with $ belong to the store itself: ${event.type}`);
  return event;
}

function written(event: LearnerEvent): NewEvent {
  const { type, ...data } = demandEvent(event);
  const { eventId } = data;
  return { type, data, ...(typeof eventId === 'string' && eventId !== '' ? { id: eventId } : {}) };
}

/** A stored event in the shape in which learner code reads it. */
export function recorded({ type, data, id, stream, revision, position, created }: StoredEvent): RecordedEvent {
  const fields = data !== null && typeof data === 'object' && !Array.isArray(data) ? data : { data };
  const event = { type, ...fields };
  Object.defineProperty(event, '$', { value: Object.freeze({ id, stream, revision, position, created }) });
  return Object.freeze(event) as RecordedEvent;
}
