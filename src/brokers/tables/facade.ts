import { plain } from '../../kernel/plain.ts';
import { rowOf } from './row.ts';
import type { Database, TablesServer } from './server.ts';
import type { Row } from './state.ts';
import type { Transaction } from './transaction.ts';

/** Has something done by a transaction: by one of its own, later, or by the one that is open, at once. */
type Perform = (work: (transaction: Transaction) => unknown) => unknown;

/**
 * The tables of the service that is running, as learner code sees them: `db.orders.insert(row)`. A table comes into being
 * when it is first written to. Rows that are found are the finder's own copies.
 */
export function dbFacade(server: TablesServer): object {
  const perform: Perform = (work) => server.access('db', work);
  return everyTable(perform, { transaction: transacting(server, 'db') });
}

/**
 * The read models that all services share, as learner code sees them. `behind` counts the events that follow a position
 * of the event store: the lag of a projection that has come so far.
 */
export function readModelFacade(server: TablesServer, behind: (position: number) => number): object {
  const perform: Perform = (work) => server.access('readModel', work);
  return everyTable(perform, {
    transaction: transacting(server, 'readModel'),
    checkpoint: (name: string) => perform(() => server.checkpoint(name)),
    lag: (name: string) => perform(() => behind(server.checkpoint(name) ?? -1)),
  });
}

/** `transaction(work)`: the tables that `work` is given change all together when it is done, or not at all. */
const transacting =
  (server: TablesServer, database: Database) =>
  (work: (tables: object) => unknown): unknown => {
    if (typeof work !== 'function') throw new TypeError('transaction(work) needs a function of the tables to work on');
    return server.access(database, (transaction) => {
      const perform: Perform = (step) => step(transaction);
      const checkpoint = (name: string, position: number) => transaction.checkpoint(name, position);
      return work(everyTable(perform, database === 'readModel' ? { checkpoint } : {}));
    });
  };

/** An object with a table for every name that is not a member of `methods`. */
function everyTable(perform: Perform, methods: Readonly<Record<string, unknown>>): object {
  return new Proxy(methods, {
    get: (target, name) => (name in target || !isName(name) ? target[name as string] : tableOf(name, perform)),
  });
}

function tableOf(table: string, perform: Perform): object {
  const key = (id: unknown): string => {
    if (typeof id === 'string' || typeof id === 'number') return String(id);
    throw new TypeError(`a key of ${table} is a text or a number, not ${typeof id}`);
  };
  const find = (...descriptions: Row[]) => perform((transaction) => transaction.find(table, ...descriptions).map(copy));
  const methods = {
    insert(given: unknown) {
      const row = rowOf(table, given);
      return perform((transaction) => copy(transaction.insert(table, row)));
    },
    upsert(given: unknown) {
      const row = rowOf(table, given);
      return perform((transaction) => copy(transaction.upsert(table, row)));
    },
    update(id: unknown, given: unknown) {
      const [wanted, changes] = [key(id), rowOf(table, given)];
      return perform((transaction) => copy(transaction.update(table, wanted, changes)));
    },
    delete(id: unknown) {
      const wanted = key(id);
      return perform((transaction) => transaction.delete(table, wanted));
    },
    findById(id: unknown) {
      const wanted = key(id);
      return perform((transaction) => copy(transaction.get(table, wanted)));
    },
    find: (where: unknown) => find(rowOf(table, where)),
    all: () => find({}),
  };
  /** `findByCustomer(value)`: rows whose `customer` or `customerId` it is. */
  const finder = (name: string) => (value: unknown) => {
    const field = name.charAt(6).toLowerCase() + name.slice(7);
    const wanted = plain(value, field);
    return find({ [field]: wanted }, { [`${field}Id`]: wanted });
  };
  return new Proxy<Readonly<Record<string, unknown>>>(methods, {
    get: (target, name) =>
      name in target || !isName(name) || !/^findBy\p{Lu}/u.test(name) ? target[name as string] : finder(name),
  });
}

/** Names that the language or a library looks up on any object are no tables. */
const isName = (name: string | symbol): name is string =>
  typeof name === 'string' && name !== 'then' && name !== 'toJSON';

function copy<R extends Row | undefined>(row: R): R {
  return row && (JSON.parse(JSON.stringify(row)) as R);
}
