import { openDB, type IDBPDatabase, type IDBPTransaction } from 'idb';
import { BehaviorSubject, elementAt, filter, firstValueFrom, from, interval, map, race, type Observable } from 'rxjs';
import { Connection } from './connection.ts';
import type { Keeping, MemoryCause } from './keeping.ts';
import { MemoryRows } from './memory.ts';
import { Refusal } from './refusal.ts';
import type { Durability, Rows, Transaction } from './rows.ts';
import { migrations, type Migration, type Table } from './schema.ts';

/**
 * A browser that has not opened the database after so many ticks of so many ms never will: some modes of Firefox and
 * Safari fire no event at all. Ticks, because a page that is too busy to hear the answer does not hear them either.
 */
const patience = { ticks: 15, tick: 100 };

/**
 * The database of the page, opened on first use. A connection that the browser drops is opened again and the work done
 * once more. Where there is none to be had, rows are kept in memory, and `keeping$` says so and why.
 */
export class Database implements Rows {
  readonly #name: string;
  readonly #migrations: readonly Migration[];
  readonly #keeping = new BehaviorSubject<Keeping>({ state: 'opening' });
  #rows: Promise<Rows> | undefined;

  constructor(name: string, steps: readonly Migration[] = migrations) {
    this.#name = name;
    this.#migrations = steps;
  }

  /** What happens to the data now and whenever that changes. */
  get keeping$(): Observable<Keeping> {
    return this.#keeping.asObservable();
  }

  read<T>(tables: readonly Table[], work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.#twice((rows) => rows.read(tables, work));
  }

  async write<T>(tables: readonly Table[], durability: Durability, work: (tx: Transaction) => Promise<T>): Promise<T> {
    try {
      const result = await this.#twice((rows) => rows.write(tables, durability, work));
      if (this.#keeping.value.state === 'full') this.#keeping.next({ state: 'kept' });
      return result;
    } catch (error) {
      if (error instanceof Refusal && error.because === 'quota') this.#keeping.next({ state: 'full' });
      throw error;
    }
  }

  /** Closes the connection after what is under way; the next use opens it again. */
  async close(): Promise<void> {
    const rows = await this.#rows;
    this.#rows = undefined;
    if (rows instanceof Connection) rows.close();
  }

  /** Once more on a new connection when the first was lost: on the old one retries are useless (Expensify/App#87864). */
  async #twice<T>(act: (rows: Rows) => Promise<T>): Promise<T> {
    const opening = (this.#rows ??= this.#open());
    try {
      return await act(await opening);
    } catch (error) {
      if (!(error instanceof Refusal && error.because === 'lost')) throw error;
      if (this.#rows === opening) await this.close();
      const rows = await (this.#rows ??= this.#open());
      if (rows instanceof MemoryRows) throw error;
      return act(rows);
    }
  }

  async #open(): Promise<Rows> {
    let isBlocked = false;
    let isUpgrading = false;
    let isLate = false;
    const connecting = this.#connect({
      blocked: () => (isBlocked = true),
      upgrading: () => (isUpgrading = true),
    });
    connecting.then(
      (db) => {
        if (!isLate) return;
        db.close();
        this.#keeping.next({ state: 'memory', because: 'late' });
      },
      () => undefined,
    );
    const silence = interval(patience.tick).pipe(
      filter(() => !isUpgrading),
      elementAt(patience.ticks - 1),
      map(() => undefined),
    );
    try {
      const db = await firstValueFrom(race(from(connecting), silence));
      if (db) {
        this.#keeping.next({ state: 'kept' });
        return new Connection(db);
      }
      isLate = true;
      return this.#inMemory(isBlocked ? 'blocked' : 'silent');
    } catch (error) {
      return this.#inMemory(causeOf(error));
    }
  }

  async #connect(on: { blocked(): void; upgrading(): void }): Promise<IDBPDatabase> {
    const open = () =>
      openDB(this.#name, this.#migrations.length, {
        upgrade: (db, from, _, tx) => {
          on.upgrading();
          upgrade(db, tx, this.#migrations.slice(from));
        },
        blocked: () => on.blocked(),
        blocking: (_, to, { target }) => {
          (target as IDBDatabase).close();
          // Deleted, it is made anew on the next use; made newer, it is not ours any more.
          this.#rows = to === null ? undefined : Promise.resolve(this.#inMemory('outdated'));
        },
        terminated: () => {
          this.#rows = undefined;
        },
      });
    try {
      return await open();
    } catch (error) {
      // "Internal error opening backing store" after a crash is often gone at the second try (dexie/Dexie.js#543).
      if (error instanceof DOMException && error.name === 'UnknownError') return open();
      throw error;
    }
  }

  #inMemory(because: MemoryCause): MemoryRows {
    this.#keeping.next({ state: 'memory', because });
    return new MemoryRows();
  }
}

/** An error in a step undoes them all: the browser then leaves the database as it was. */
function upgrade(
  db: IDBPDatabase,
  tx: IDBPTransaction<unknown, string[], 'versionchange'>,
  steps: readonly Migration[],
): void {
  tx.done.catch(() => undefined);
  const climb = async () => {
    for (const step of steps) await step(db, tx);
  };
  climb().catch(() => tx.abort());
}

function causeOf(error: unknown): MemoryCause {
  if (!(error instanceof Error)) return 'broken';
  switch (error.name) {
    case 'VersionError':
      return 'outdated';
    // Not defined at all, forbidden, or the private mode of older Firefox and of Tor.
    case 'ReferenceError':
    case 'TypeError':
    case 'SecurityError':
    case 'InvalidStateError':
      return 'unavailable';
    default:
      return 'broken';
  }
}
