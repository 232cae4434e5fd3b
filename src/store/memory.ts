import type { Durability, Rows, Span, Transaction } from './rows.ts';
import { keyPaths, type Key, type Row, type Table } from './schema.ts';

type Tables = Map<Table, unknown[]>;

/** Rows that last as long as the page: where there is no database, and in tests. */
export class MemoryRows implements Rows {
  readonly #tables: Tables = new Map();
  #turn: Promise<unknown> = Promise.resolve();

  read<T>(tables: readonly Table[], work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.#transact(tables, work);
  }

  write<T>(tables: readonly Table[], _: Durability, work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.#transact(tables, work);
  }

  /** One after the other, each on copies that take the place of the tables when it succeeds. */
  #transact<T>(tables: readonly Table[], work: (tx: Transaction) => Promise<T>): Promise<T> {
    const result = this.#turn.then(async () => {
      const copies: Tables = new Map(tables.map((table) => [table, [...(this.#tables.get(table) ?? [])]]));
      const result = await work(new MemoryTransaction(copies));
      for (const [table, rows] of copies) this.#tables.set(table, rows);
      return result;
    });
    this.#turn = result.catch(() => undefined);
    return result;
  }
}

class MemoryTransaction implements Transaction {
  readonly #tables: Tables;

  constructor(tables: Tables) {
    this.#tables = tables;
  }

  async get<T extends Table>(table: T, key: Key<T>): Promise<Row<T> | undefined> {
    const [row] = await this.list(table, { from: key, to: key });
    return row;
  }

  list<T extends Table>(table: T, span?: Span<T>, limit?: number): Promise<Row<T>[]> {
    const rows = this.#rows(table);
    const found = span ? rows.slice(...this.#place(table, span)) : rows;
    return Promise.resolve(structuredClone(found.slice(0, limit)));
  }

  put<T extends Table>(table: T, row: Row<T>): void {
    const key = keyOf(table, row);
    const [from, to] = this.#place(table, { from: key, to: key });
    this.#rows(table).splice(from, to - from, structuredClone(row));
  }

  delete<T extends Table>(table: T, span: Span<T>): void {
    const [from, to] = this.#place(table, span);
    this.#rows(table).splice(from, to - from);
  }

  #rows<T extends Table>(table: T): Row<T>[] {
    const rows = this.#tables.get(table);
    if (!rows) throw new Error(`The transaction does not include ${table}`);
    return rows as Row<T>[];
  }

  /** The indices between which the rows of the span stand. */
  #place<T extends Table>(table: T, { from, to }: Span<T>): [number, number] {
    const rows = this.#rows(table);
    return [
      partition(rows, (row) => compare(keyOf(table, row), from) < 0),
      partition(rows, (row) => compare(keyOf(table, row), to) <= 0),
    ];
  }
}

function keyOf<T extends Table>(table: T, row: Row<T>): Key<T> {
  const path: string | readonly string[] = keyPaths[table];
  const field = (name: string) => (row as unknown as Record<string, string | number>)[name]!;
  return (typeof path === 'string' ? field(path) : path.map(field)) as Key<T>;
}

/** How many rows at the front are before the span's edge; the rows are in order, so a binary search finds it. */
function partition<R>(rows: readonly R[], isBefore: (row: R) => boolean): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isBefore(rows[middle]!)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The order of IndexedDB for the keys of our schema: texts by code unit, numbers by size, pairs by their parts. */
function compare<T extends Table>(a: Key<T>, b: Key<T>): number {
  const [left, right] = [[a].flat(), [b].flat()] as [(string | number)[], (string | number)[]];
  for (let i = 0; i < left.length; i++) {
    if (left[i]! < right[i]!) return -1;
    if (left[i]! > right[i]!) return 1;
  }
  return 0;
}
