import type { Place } from '../../kernel/facts.ts';
import type { Projection } from '../../kernel/projection.ts';

/** A row as a table keeps it: a frozen JSON copy. */
export type Row = Readonly<Record<string, unknown>>;

/** What became of one row. `row` is the whole of it afterwards; it is gone where there is none. */
export interface RowWrite {
  readonly table: string;
  readonly op: 'insert' | 'upsert' | 'update' | 'delete';
  readonly key: string;
  readonly row?: Row;
}

export type TablesFact =
  /** A service has written to its own tables: all of these rows at once. */
  | { readonly type: 'db.written'; readonly writes: readonly RowWrite[]; readonly at?: Place }
  /** A service has written to the shared read models, and perhaps how far it has come: positions of the event store by name. */
  | {
      readonly type: 'readModel.written';
      readonly writes: readonly RowWrite[];
      readonly checkpoints?: Readonly<Record<string, number>>;
      readonly at?: Place;
    }
  /** A rebuilding projection (`rebuildOf`) has begun: it writes to read models of its own, which are empty now. */
  | { readonly type: 'readModel.emptied' }
  /** A service has asked a read model for the rows with these fields, and this is what it was given. */
  | {
      readonly type: 'readModel.read';
      readonly table: string;
      readonly where: Row;
      readonly found: readonly Row[];
      readonly at?: Place;
    };

export const tablesFactTypes = [
  'db.written',
  'readModel.written',
  'readModel.emptied',
  'readModel.read',
] as const satisfies readonly TablesFact['type'][];

/** Rows by key in the order in which they came, by table. */
export type Tables = Map<string, Map<string, Row>>;

/** Read models that belong together: those that queries are answered from, or those that a rebuild fills. */
export interface ReadSide {
  readonly readModels: Tables;
  /** How far each projection says that it has come: the position of the last event that it has worked in. */
  readonly checkpoints: Map<string, number>;
}

export interface TablesState extends ReadSide {
  /** The tables of each service. */
  readonly services: Map<string, Tables>;
  /** The read models of each rebuilding projection. */
  readonly rebuilds: Map<string, ReadSide>;
}

const emptySide = (): ReadSide => ({ readModels: new Map(), checkpoints: new Map() });

/**
 * The node in which the projection `node` is rebuilt: the same code once more, beside the one that goes on serving, with
 * tables and read models of its own that begin empty.
 */
export const rebuildOf = (node: string): string => `${node}~rebuild`;

/** The projection that is rebuilt in this node, if it is such a node. */
export const rebuiltIn = (node: string): string | undefined => /^(.+)~rebuild$/.exec(node)?.[1];

/** The read models that a node reads and writes. */
export const sideOf = (state: TablesState, node: string): ReadSide => state.rebuilds.get(node) ?? state;

/** What is in every table; the engine and the views use this very function. */
export const tables: Projection<TablesState, TablesFact> = {
  initial: () => ({ services: new Map(), rebuilds: new Map(), ...emptySide() }),
  evolve(state, entry) {
    switch (entry.type) {
      case 'db.written':
        for (const write of entry.writes) apply(slot(state.services, entry.node), write);
        break;
      case 'readModel.emptied':
        state.services.delete(entry.node);
        state.rebuilds.set(entry.node, emptySide());
        break;
      case 'readModel.written': {
        const { readModels, checkpoints } = sideOf(state, entry.node);
        for (const write of entry.writes) apply(readModels, write);
        for (const [name, position] of Object.entries(entry.checkpoints ?? {})) checkpoints.set(name, position);
      }
    }
  },
};

function apply(tables: Tables, { table, key, row }: RowWrite): void {
  const rows = slot(tables, table);
  if (row === undefined) rows.delete(key);
  else rows.set(key, row);
}

/** The map of that name, made where there is none. */
function slot<K, V>(maps: Map<string, Map<K, V>>, name: string): Map<K, V> {
  let map = maps.get(name);
  if (!map) maps.set(name, (map = new Map<K, V>()));
  return map;
}
