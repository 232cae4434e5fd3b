import { bus, type BusState } from '../brokers/bus/state.ts';
import type { WorldEntry, WorldFact } from '../brokers/facts.ts';
import { rebuildOf, rebuiltIn, type Row, type RowWrite } from '../brokers/tables/state.ts';
import type { Projection } from '../kernel/projection.ts';
import type { StoredEvent, StoredEvents } from '../kernel/stored.ts';
import { upTo } from './cursor.ts';

/** A row and the entry that wrote it last. */
export interface WrittenRow {
  readonly row: Row;
  readonly seq: number;
  readonly time: number;
  readonly node: string;
}
export type WrittenTables = Map<string, Map<string, WrittenRow>>;

/** What one projection has written: how far it has come is known by its checkpoint, else by the events that made it write. */
interface Written {
  /** By the name of the checkpoint. */
  readonly checkpoints: Map<string, number>;
  /** The largest position of an event because of which it wrote. */
  caused: number | undefined;
}

/** An event of the write side, and when it was there: virtual ms, 0 for those from before the run. */
interface Logged extends Pick<StoredEvent, 'position' | 'type'> {
  readonly time: number;
}

/** A question to a read model, its answer, and what the answer did not know. */
export interface Answer {
  readonly entry: Extract<WorldEntry, { type: 'readModel.read' }>;
  readonly missing: number;
}

export interface ReadModelsState {
  readonly log: Logged[];
  /** The last position that an entry appended, by its seq. */
  readonly appended: Map<number, number>;
  readonly bus: BusState;
  readonly projections: Map<string, Written>;
  readonly readModels: WrittenTables;
  /** What rebuilds have written, by the node in which they run. */
  readonly rebuilds: Map<string, WrittenTables>;
  /** The projection that wrote a read model last. */
  readonly writers: Map<string, string>;
  readonly services: Map<string, WrittenTables>;
  readonly answers: Answer[];
}

/** Read models and tables as they were written, and the write side from which they follow; `stored` is from before the run. */
export const readModelsFrom = (stored: StoredEvents): Projection<ReadModelsState, WorldFact> => ({
  initial() {
    const state: ReadModelsState = {
      log: [],
      appended: new Map(),
      bus: bus.initial(),
      projections: new Map(),
      readModels: new Map(),
      rebuilds: new Map(),
      writers: new Map(),
      services: new Map(),
      answers: [],
    };
    log(state, stored, 0);
    return state;
  },
  evolve(state, entry) {
    switch (entry.type) {
      case 'store.appended':
        log(state, entry.events, entry.time);
        state.appended.set(entry.seq, entry.events.at(-1)?.position ?? -1);
        break;
      case 'bus.subscribed':
      case 'bus.unsubscribed':
      case 'bus.published':
      case 'bus.routed':
      case 'bus.delivered':
      case 'bus.settled':
        bus.evolve(state.bus, entry);
        break;
      case 'db.written':
        for (const write of entry.writes) apply(slot(state.services, entry.node), write, entry);
        break;
      case 'readModel.emptied':
        state.services.delete(entry.node);
        state.projections.delete(entry.node);
        state.rebuilds.set(entry.node, new Map());
        break;
      case 'readModel.written': {
        const tables = state.rebuilds.get(entry.node) ?? state.readModels;
        for (const write of entry.writes) {
          apply(tables, write, entry);
          if (tables === state.readModels) state.writers.set(write.table, entry.node);
        }
        let written = state.projections.get(entry.node);
        if (!written) state.projections.set(entry.node, (written = { checkpoints: new Map(), caused: undefined }));
        for (const [name, position] of Object.entries(entry.checkpoints ?? {})) written.checkpoints.set(name, position);
        const cause = entry.cause === undefined ? undefined : state.appended.get(entry.cause);
        if (cause !== undefined) written.caused = Math.max(cause, written.caused ?? -1);
        break;
      }
      case 'readModel.read': {
        // What a projection reads to write is no answer to anybody.
        if (!state.projections.has(entry.node) && !rebuiltIn(entry.node))
          state.answers.push({ entry, missing: lagOf(state, state.writers.get(entry.table), entry.time).events });
      }
    }
  },
});

/**
 * How far a projection is behind what was written, and how it is known: by its checkpoint, by the last event that made
 * it write, by what the bus still has for it, or not at all (`nobody`: no projection has written yet).
 */
export interface Lag {
  readonly by: 'checkpoint' | 'cause' | 'bus' | 'nobody';
  /** Of the last event that it has worked in, -1 before the first; unknown of those that listen to the bus. */
  readonly position?: number;
  readonly events: number;
  /** How long the oldest of these events has been waiting: virtual ms. */
  readonly time: number;
}

export function lagOf({ log, bus, projections }: ReadModelsState, node: string | undefined, now: number): Lag {
  const written = node === undefined ? undefined : projections.get(node);
  const checkpoint = written && Math.min(...written.checkpoints.values());
  const position = checkpoint === undefined || checkpoint === Infinity ? written?.caused : checkpoint;
  if (position !== undefined) {
    const seen = upTo(log, position, (event) => event.position);
    const by = checkpoint === position ? 'checkpoint' : 'cause';
    return { by, position, events: log.length - seen, time: waited(log[seen], now) };
  }
  const subscriptions = [...bus.subscriptions.values()].filter((subscription) => subscription.node === node);
  if (subscriptions.length > 0) {
    const waiting = new Set(subscriptions.flatMap(({ unsettled }) => [...unsettled.keys()]));
    const [oldest] = waiting;
    return {
      by: 'bus',
      events: waiting.size,
      time: waited(oldest === undefined ? undefined : bus.events.get(oldest), now),
    };
  }
  return { by: 'nobody', position: -1, events: log.length, time: waited(log[0], now) };
}

/** A projection, the read models that it writes, and its rebuild, if one was begun. */
export interface ProjectionView {
  readonly node: string;
  readonly tables: readonly string[];
  readonly lag: Lag;
  readonly rebuild?: Lag;
}

/** Every projection that has written to the read models, in the order in which they began. */
export function projectionsAt(state: ReadModelsState, now: number): ProjectionView[] {
  return [...state.projections.keys()]
    .filter((node) => rebuiltIn(node) === undefined)
    .map((node) => ({
      node,
      tables: [...state.writers].filter(([, writer]) => writer === node).map(([table]) => table),
      lag: lagOf(state, node, now),
      ...(state.rebuilds.has(rebuildOf(node)) && { rebuild: lagOf(state, rebuildOf(node), now) }),
    }));
}

/** A row of a read model beside the same row of its rebuild. */
export interface Pair {
  readonly key: string;
  readonly old: WrittenRow | undefined;
  readonly rebuilt: WrittenRow | undefined;
  /** Both are there and hold the same. */
  readonly same: boolean;
}

/** Both sides of a read model, by key: first the rows of the old side, in their order, then those that only the new one has. */
export function pairs(
  old: ReadonlyMap<string, WrittenRow> = new Map(),
  rebuilt: ReadonlyMap<string, WrittenRow> = new Map(),
): Pair[] {
  return [...new Set([...old.keys(), ...rebuilt.keys()])].map((key) => {
    const [left, right] = [old.get(key), rebuilt.get(key)];
    return { key, old: left, rebuilt: right, same: JSON.stringify(left?.row) === JSON.stringify(right?.row) };
  });
}

/** The rows in which `field`, or `<field>Id`, is `value` as it would be typed: what `findBy<Field>(value)` finds. */
export function findRows(
  rows: ReadonlyMap<string, WrittenRow>,
  field: string,
  value: string,
): [key: string, row: WrittenRow][] {
  return [...rows].filter(([key, { row }]) =>
    field === 'id' ? key === value : typed(row[field]) === value || typed(row[`${field}Id`]) === value,
  );
}

const typed = (value: unknown): string | undefined => (typeof value === 'string' ? value : JSON.stringify(value));

const waited = (since: { readonly time: number } | undefined, now: number): number =>
  since === undefined ? 0 : Math.max(0, now - since.time);

/** Events of the system (`$…`) are nothing that a projection is shown. */
function log(state: ReadModelsState, events: StoredEvents, time: number): void {
  for (const { position, type } of events) if (!type.startsWith('$')) state.log.push({ position, type, time });
}

function apply(tables: WrittenTables, { table, key, row }: RowWrite, { seq, time, node }: WorldEntry): void {
  const rows = slot(tables, table);
  if (row === undefined) rows.delete(key);
  else rows.set(key, { row, seq, time, node });
}

function slot<K, V>(maps: Map<string, Map<K, V>>, name: string): Map<K, V> {
  let map = maps.get(name);
  if (!map) maps.set(name, (map = new Map<K, V>()));
  return map;
}
