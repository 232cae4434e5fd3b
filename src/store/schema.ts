import type { IDBPDatabase, IDBPTransaction } from 'idb';

/** What is in the database, table by table: the type of a key and of a row. A row carries its key. */
export interface Schema {
  heads: { key: string; row: HeadRow };
  chunks: { key: readonly [workspace: string, first: number]; row: Chunk };
  quarantine: { key: readonly [workspace: string, first: number]; row: Quarantined };
  runs: { key: string; row: RunRow };
  journals: { key: readonly [workspace: string, first: number]; row: JournalChunk };
  workspaces: { key: string; row: WorkspaceRow };
  progress: { key: string; row: ProgressRow };
}
export type Table = keyof Schema;
export type Key<T extends Table> = Schema[T]['key'];
export type Row<T extends Table> = Schema[T]['row'];

/** Where the events of a workspace end. `history` changes whenever they are replaced, so that no two pasts look alike. */
export interface HeadRow {
  readonly workspace: string;
  readonly history: string;
  readonly position: number;
}

/** `count` neighbouring events from the position `first` on, as one JSON text: a tenth of the cost of a row an event. */
export interface Chunk {
  readonly workspace: string;
  readonly first: number;
  readonly count: number;
  readonly events: string;
}

/** `count` positions from `first` on of which no event could be read; `chunks` are the rows found in their place. */
export interface Quarantined {
  readonly workspace: string;
  readonly first: number;
  readonly count: number;
  readonly chunks: readonly Chunk[];
}

/** The last run of a workspace; `generation` grows with each, `run` is JSON. */
export interface RunRow {
  readonly workspace: string;
  readonly generation: number;
  readonly run: string;
}

/** Neighbouring entries of the last run from the seq `first` on, as one JSON text. */
export interface JournalChunk {
  readonly workspace: string;
  readonly first: number;
  readonly entries: string;
}

/** `revision` grows with each save. */
export interface WorkspaceRow {
  readonly id: string;
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
  readonly revision: number;
}

export interface ProgressRow {
  readonly lesson: string;
  readonly passed: boolean;
  readonly prediction?: string;
}

/** The fields of a row that are its key. */
export const keyPaths = {
  heads: 'workspace',
  chunks: ['workspace', 'first'],
  quarantine: ['workspace', 'first'],
  runs: 'workspace',
  journals: ['workspace', 'first'],
  workspaces: 'id',
  progress: 'lesson',
} as const satisfies Record<Table, string | readonly string[]>;

/** One step from a version of the database to the next. What it throws undoes the whole upgrade. */
export type Migration = (
  db: IDBPDatabase,
  tx: IDBPTransaction<unknown, string[], 'versionchange'>,
) => void | Promise<void>;

/**
 * The `n`th migration leads from version `n` to `n + 1`. One that was released is never changed: a database somewhere
 * has been through it.
 */
export const migrations: readonly Migration[] = [
  (db) => {
    for (const [table, keyPath] of Object.entries(keyPaths))
      db.createObjectStore(table, { keyPath: typeof keyPath === 'string' ? keyPath : [...keyPath] });
  },
];
