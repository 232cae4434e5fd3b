import { DuplicateKey, TransactionInactive } from './refusal.ts';
import { keyOf, matches } from './row.ts';
import type { Row, RowWrite, Tables } from './state.ts';

/**
 * Rows as one access sees them: what is stored, and over it what this access has written. Nothing of that is stored
 * before the whole is.
 */
export class Transaction {
  readonly #stored: Tables;
  /** A deleted row is there as `undefined`. */
  readonly #written = new Map<string, Map<string, Row | undefined>>();
  readonly #read: (table: string, where: Row, found: readonly Row[]) => void;
  readonly writes: RowWrite[] = [];
  readonly checkpoints: Record<string, number> = {};
  #open = true;

  /** `read` hears of every question and its answer. */
  constructor(stored: Tables, read: (table: string, where: Row, found: readonly Row[]) => void) {
    this.#stored = stored;
    this.#read = read;
  }

  close(): void {
    this.#open = false;
  }

  get(table: string, key: string): Row | undefined {
    const row = this.#get(table, key);
    this.#read(table, { id: key }, row ? [row] : []);
    return row;
  }

  /** The rows for which one of these descriptions is right, in the order in which they came. */
  find(table: string, ...descriptions: readonly Row[]): Row[] {
    this.#demandOpen();
    const rows = new Map(this.#stored.get(table));
    // Write by write: a row that was deleted and inserted again comes last, as it will when this is stored.
    for (const { key, row } of this.writes.filter((write) => write.table === table)) {
      if (row) rows.set(key, row);
      else rows.delete(key);
    }
    const found = [...rows.values()].filter((row) => descriptions.some((where) => matches(row, where)));
    this.#read(table, descriptions[0]!, found);
    return found;
  }

  /** @throws DuplicateKey */
  insert(table: string, row: Row): Row {
    const key = keyOf(table, row);
    if (this.#get(table, key)) throw new DuplicateKey(table, key);
    return this.#write(table, 'insert', key, row);
  }

  upsert(table: string, row: Row): Row {
    return this.#write(table, 'upsert', keyOf(table, row), row);
  }

  /** Changes some fields of a row, which keeps its key; `undefined` when there is no such row. */
  update(table: string, key: string, changes: Row): Row | undefined {
    const before = this.#get(table, key);
    if (!before) return undefined;
    const row = Object.freeze({ ...before, ...changes });
    if (keyOf(table, row) !== key) throw new TypeError(`an update of ${table} cannot change the key ${key}`);
    return this.#write(table, 'update', key, row);
  }

  /** True when there was such a row. */
  delete(table: string, key: string): boolean {
    if (!this.#get(table, key)) return false;
    this.#write(table, 'delete', key, undefined);
    return true;
  }

  /** Says how far a projection has come, in the same write as its rows. */
  checkpoint(name: string, position: number): void {
    this.#demandOpen();
    if (!Number.isSafeInteger(position))
      throw new TypeError(`the checkpoint ${name} must be the position of an event, not ${String(position)}`);
    this.checkpoints[name] = position;
  }

  #get(table: string, key: string): Row | undefined {
    this.#demandOpen();
    const written = this.#written.get(table);
    return written?.has(key) ? written.get(key) : this.#stored.get(table)?.get(key);
  }

  #write<R extends Row | undefined>(table: string, op: RowWrite['op'], key: string, row: R): R {
    this.#demandOpen();
    const rows = this.#written.get(table) ?? new Map<string, Row | undefined>();
    this.#written.set(table, rows.set(key, row));
    this.writes.push({ table, op, key, ...(row === undefined ? {} : { row }) });
    return row;
  }

  #demandOpen(): void {
    if (!this.#open)
      throw new TransactionInactive('this transaction is over: it may wait for nothing but its own tables');
  }
}
