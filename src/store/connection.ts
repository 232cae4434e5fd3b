import type { IDBPDatabase, IDBPTransaction } from 'idb';
import { Refusal } from './refusal.ts';
import type { Durability, Rows, Span, Transaction } from './rows.ts';
import type { Key, Row, Table } from './schema.ts';

/** The rows of one open database. */
export class Connection implements Rows {
  readonly #db: IDBPDatabase;

  constructor(db: IDBPDatabase) {
    this.#db = db;
  }

  read<T>(tables: readonly Table[], work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.#transact(tables, 'readonly', 'relaxed', work);
  }

  write<T>(tables: readonly Table[], durability: Durability, work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.#transact(tables, 'readwrite', durability, work);
  }

  /** Waits for what is under way, and takes nothing more. */
  close(): void {
    this.#db.close();
  }

  async #transact<T>(
    tables: readonly Table[],
    mode: 'readonly' | 'readwrite',
    durability: Durability,
    work: (tx: Transaction) => Promise<T>,
  ): Promise<T> {
    let tx: IDBPTransaction<unknown, string[], 'readonly' | 'readwrite'>;
    try {
      tx = this.#db.transaction([...tables], mode, { durability });
    } catch (error) {
      throw explained(error);
    }
    // Chromium reports a full disk only here, after every request succeeded: nothing is saved before this.
    const failure = tx.done.then(
      () => undefined,
      (error: unknown) => error,
    );
    let result: T;
    try {
      result = await work(new OpenTransaction(tx));
      // Sooner than by itself, when each request would first have to be answered.
      commit(tx);
    } catch (error) {
      if (abort(tx)) {
        await failure;
        throw explained(error);
      }
      throw explained((await failure) ?? error);
    }
    const failed = await failure;
    if (failed !== undefined) throw explained(failed);
    return result;
  }
}

class OpenTransaction implements Transaction {
  readonly #tx: IDBPTransaction<unknown, string[], 'readonly' | 'readwrite'>;

  constructor(tx: IDBPTransaction<unknown, string[], 'readonly' | 'readwrite'>) {
    this.#tx = tx;
  }

  get<T extends Table>(table: T, key: Key<T>): Promise<Row<T> | undefined> {
    return reported(this.#tx.objectStore(table).get(key as IDBValidKey)) as Promise<Row<T> | undefined>;
  }

  list<T extends Table>(table: T, span?: Span<T>, limit?: number): Promise<Row<T>[]> {
    return this.#tx.objectStore(table).getAll(span && range(span), limit) as Promise<Row<T>[]>;
  }

  put<T extends Table>(table: T, row: Row<T>): void {
    void reported(this.#writable(table).put(row));
  }

  delete<T extends Table>(table: T, span: Span<T>): void {
    void reported(this.#writable(table).delete(range(span)));
  }

  #writable(table: Table) {
    return (this.#tx as IDBPTransaction<unknown, string[], 'readwrite'>).objectStore(table);
  }
}

const range = <T extends Table>({ from, to }: Span<T>): IDBKeyRange => IDBKeyRange.bound(from, to);

/** A request that fails fails its transaction, which reports it: whoever does not wait for it need not catch it. */
function reported<T>(request: Promise<T>): Promise<T> {
  request.catch(() => undefined);
  return request;
}

/** One that has ended already by itself needs no commit. */
function commit(tx: { commit(): void }): void {
  try {
    tx.commit();
  } catch {
    return;
  }
}

/** False when it had ended already. */
function abort(tx: { abort(): void }): boolean {
  try {
    tx.abort();
    return true;
  } catch {
    return false;
  }
}

/**
 * The browser's error as a refusal; any other as it is. A connection that the browser took away shows as
 * `InvalidStateError` (a new transaction), `AbortError` (one under way) or, in WebKit, `UnknownError`.
 */
function explained(error: unknown): unknown {
  if (!(error instanceof DOMException)) return error;
  switch (error.name) {
    case 'QuotaExceededError':
      return new Refusal('quota', 'There is no room left to keep this', { cause: error });
    case 'InvalidStateError':
    case 'AbortError':
    case 'UnknownError':
      return new Refusal('lost', 'The browser closed the database', { cause: error });
    default:
      return error;
  }
}
