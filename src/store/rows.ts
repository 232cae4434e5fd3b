import type { Key, Row, Table } from './schema.ts';

/** Keys of one table from `from` to `to`, both included. */
export interface Span<T extends Table> {
  readonly from: Key<T>;
  readonly to: Key<T>;
}

/** The keys of all rows of a workspace. */
export const all = (workspace: string) => ({ from: [workspace, 0], to: [workspace, Infinity] }) as const;

/**
 * One view of some tables that does not change under its reader. It lives as long as requests are under way: `work`
 * may await its promises and nothing else.
 */
export interface Transaction {
  get<T extends Table>(table: T, key: Key<T>): Promise<Row<T> | undefined>;
  /** Rows in the order of their keys, at most `limit`. */
  list<T extends Table>(table: T, span?: Span<T>, limit?: number): Promise<Row<T>[]>;
  /** Puts a row where its key says, instead of the one that is there. */
  put<T extends Table>(table: T, row: Row<T>): void;
  delete<T extends Table>(table: T, span: Span<T>): void;
}

/**
 * Tables that change all or nothing. Both methods resolve with what `work` resolves with, a `write` only after all of
 * it is durable (`strict`: on the disk; `relaxed`: with the operating system, which a crash of the browser does not
 * take). When `work` throws, nothing is changed and the promise is rejected with its error; when the database gives up,
 * with a `Refusal`.
 */
export interface Rows {
  read<T>(tables: readonly Table[], work: (tx: Transaction) => Promise<T>): Promise<T>;
  write<T>(tables: readonly Table[], durability: Durability, work: (tx: Transaction) => Promise<T>): Promise<T>;
}

export type Durability = 'strict' | 'relaxed';
