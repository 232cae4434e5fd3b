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
  'readModel.read',
] as const satisfies readonly TablesFact['type'][];

/** Rows by key in the order in which they came, by table. */
export type Tables = Map<string, Map<string, Row>>;

export interface TablesState {
  /** The tables of each service. */
  readonly services: Map<string, Tables>;
  readonly readModels: Tables;
  /** How far each projection says that it has come: the position of the last event that it has worked in. */
  readonly checkpoints: Map<string, number>;
}

/** What is in every table; the engine and the views use this very function. */
export const tables: Projection<TablesState, TablesFact> = {
  initial: () => ({ services: new Map(), readModels: new Map(), checkpoints: new Map() }),
  evolve(state, entry) {
    switch (entry.type) {
      case 'db.written':
        for (const write of entry.writes) apply(slot(state.services, entry.node), write);
        break;
      case 'readModel.written':
        for (const write of entry.writes) apply(state.readModels, write);
        for (const [name, position] of Object.entries(entry.checkpoints ?? {})) state.checkpoints.set(name, position);
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
