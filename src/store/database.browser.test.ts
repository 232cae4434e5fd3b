import { deleteDB, openDB } from 'idb';
import { filter, firstValueFrom, map } from 'rxjs';
import { afterEach, beforeEach, describe, expect, test, vi, type MockInstance } from 'vitest';
import { Database } from './database.ts';
import { eventsFrom } from './event.fixture.ts';
import { EventKeeper } from './events.ts';
import { beginning } from './head.ts';
import type { Keeping } from './keeping.ts';
import { migrations, type Migration } from './schema.ts';

const name = 'eventarium-test';
let open: Database[] = [];

/** The database as a page of some version sees it. */
function page(steps: readonly Migration[] = migrations): Database {
  const database = new Database(name, steps);
  open.push(database);
  return database;
}

const keepingOf = (database: Database) => firstValueFrom(database.keeping$);
const memory = (database: Database, because: string) =>
  firstValueFrom(
    database.keeping$.pipe(
      filter((keeping) => keeping.state === 'memory'),
      map((keeping) => keeping.because),
      filter((cause) => cause === because),
    ),
  );
const append = (database: Database, count: number) =>
  new EventKeeper(database).append('w', beginning, eventsFrom(0, count));
const load = async (database: Database) => (await new EventKeeper(database).load('w')).events;

beforeEach(async () => {
  await deleteDB(name);
  open = [];
});
afterEach(async () => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  for (const database of open) await database.close();
});

describe('a database that opens', () => {
  test('is opened on first use, and its rows are kept', async () => {
    const database = page();
    expect(await keepingOf(database)).toEqual<Keeping>({ state: 'opening' });
    await append(database, 2);
    expect(await keepingOf(database)).toEqual<Keeping>({ state: 'kept' });
    expect(await load(page())).toEqual(eventsFrom(0, 2));
  });

  test('makes events durable before it acknowledges them', async () => {
    const transaction = vi.spyOn(IDBDatabase.prototype, 'transaction');
    const completed: string[] = [];
    transaction.mockImplementation(function (this: IDBDatabase, ...args) {
      transaction.mockRestore();
      const tx = this.transaction(...args);
      tx.addEventListener('complete', () => completed.push(tx.durability));
      return tx;
    });
    await append(page(), 1);
    expect(completed).toEqual(['strict']);
  });
});

describe('versions', () => {
  const rename: Migration = async (_, tx) => {
    for await (const cursor of tx.objectStore('workspaces').iterate())
      await cursor.update({ ...(cursor.value as object), name: 'renamed' });
  };
  const throws: Migration = async (_, tx) => {
    await tx.objectStore('workspaces').clear();
    throw new Error('half-way');
  };
  const save = (database: Database) =>
    database.write(['workspaces'], 'strict', (tx) =>
      Promise.resolve(tx.put('workspaces', { id: 'w', name: 'w', files: {}, revision: 1 })),
    );
  const saved = (database: Database) => database.read(['workspaces'], (tx) => tx.get('workspaces', 'w'));

  test('the first version is what it was when it was released', async () => {
    await append(page(migrations.slice(0, 1)), 1);
    const db = await openDB(name);
    const stores = db.transaction([...db.objectStoreNames]);
    const keyPaths = Object.fromEntries(
      [...db.objectStoreNames].map((table) => [table, stores.objectStore(table).keyPath]),
    );
    db.close();
    expect(keyPaths).toEqual({
      heads: 'workspace',
      chunks: ['workspace', 'first'],
      quarantine: ['workspace', 'first'],
      runs: 'workspace',
      journals: ['workspace', 'first'],
      workspaces: 'id',
      progress: 'lesson',
    });
  });

  test('an upgrade goes on from what the older page kept', async () => {
    const older = page();
    await save(older);
    await older.close();
    expect(await saved(page([...migrations, rename]))).toMatchObject({ name: 'renamed', revision: 1 });
  });

  test('an upgrade that fails half-way leaves all as it was, and the page works in memory', async () => {
    const older = page();
    await save(older);
    await older.close();
    const newer = page([...migrations, rename, throws]);
    expect(await saved(newer)).toBeUndefined();
    expect(await keepingOf(newer)).toEqual<Keeping>({ state: 'memory', because: 'broken' });
    expect(await saved(page())).toMatchObject({ name: 'w' });
  });

  test('an open page makes way for a newer one, and says that it is outdated', async () => {
    const older = page();
    await save(older);
    const newer = page([...migrations, rename]);
    expect(await saved(newer)).toMatchObject({ name: 'renamed' });
    expect(await keepingOf(newer)).toEqual<Keeping>({ state: 'kept' });
    expect(await keepingOf(older)).toEqual<Keeping>({ state: 'memory', because: 'outdated' });
  });

  test('an older page on a newer database touches nothing', async () => {
    const newer = page([...migrations, rename]);
    await save(newer);
    await newer.close();
    const older = page();
    await append(older, 1);
    expect(await load(older)).toHaveLength(1);
    expect(await keepingOf(older)).toEqual<Keeping>({ state: 'memory', because: 'outdated' });
    const again = page([...migrations, rename]);
    expect(await saved(again)).toMatchObject({ name: 'w' });
    expect(await load(again)).toEqual([]);
  });

  test('a tab that will not make way blocks nobody for long; when it is gone, a reload helps', async () => {
    const older = page();
    await append(older, 2);
    await older.close();
    const stubborn = await openDB(name);
    const newer = page([...migrations, rename]);
    await append(newer, 1);
    expect(await keepingOf(newer)).toEqual<Keeping>({ state: 'memory', because: 'blocked' });
    stubborn.close();
    expect(await memory(newer, 'late')).toBe('late');
    expect(await load(newer)).toHaveLength(1);
  });
});

describe('a browser without a database', () => {
  const unusable: Record<string, () => void> = {
    'that has none': () => vi.stubGlobal('indexedDB', undefined),
    'that forbids it': () =>
      vi.spyOn(IDBFactory.prototype, 'open').mockImplementation(() => {
        throw new DOMException('denied', 'SecurityError');
      }),
    'in a private mode': () =>
      vi.spyOn(IDBFactory.prototype, 'open').mockImplementation(() => {
        throw new DOMException('A mutation operation was attempted', 'InvalidStateError');
      }),
  };
  test.for(Object.entries(unusable))('%s works in memory and says so', async ([, prepare]) => {
    prepare();
    const database = page();
    await append(database, 3);
    expect(await load(database)).toHaveLength(3);
    expect(await keepingOf(database)).toEqual<Keeping>({ state: 'memory', because: 'unavailable' });
  });

  test('that never answers works in memory and says so', async () => {
    const mute = Object.assign(Object.create(IDBOpenDBRequest.prototype) as IDBOpenDBRequest, {
      addEventListener: () => undefined,
    });
    vi.spyOn(IDBFactory.prototype, 'open').mockReturnValue(mute);
    const database = page();
    await append(database, 3);
    expect(await load(database)).toHaveLength(3);
    expect(await keepingOf(database)).toEqual<Keeping>({ state: 'memory', because: 'silent' });
  });
});

describe('a connection that is lost', () => {
  let openings: MockInstance<IDBFactory['open']>;
  beforeEach(() => {
    openings = vi.spyOn(IDBFactory.prototype, 'open');
  });
  /** The connections that the page was given, as the browser has them. */
  const connections = () => openings.mock.results.map(({ value }) => (value as IDBOpenDBRequest).result);

  test('between two uses is opened again', async () => {
    const database = page();
    const head = await append(database, 1);
    for (const connection of connections()) connection.close();
    await new EventKeeper(database).append('w', head, eventsFrom(1, 1));
    expect(await load(database)).toEqual(eventsFrom(0, 2));
    expect(await keepingOf(database)).toEqual<Keeping>({ state: 'kept' });
  });

  test('in the middle of a transaction is opened again and the work done once', async () => {
    const database = page();
    const head = await append(database, 1);
    const put = vi.spyOn(IDBObjectStore.prototype, 'put');
    put.mockImplementationOnce(function (this: IDBObjectStore, ...args) {
      const request = this.put(...args);
      this.transaction.abort();
      return request;
    });
    await new EventKeeper(database).append('w', head, eventsFrom(1, 1));
    expect(await load(database)).toEqual(eventsFrom(0, 2));
    expect(connections()).toHaveLength(2);
  });

  test('again and again is a refusal', async () => {
    const database = page();
    await append(database, 1);
    vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementation(() => {
      throw new DOMException('The database connection is closing', 'InvalidStateError');
    });
    await expect(load(database)).rejects.toMatchObject({ name: 'Refusal', because: 'lost' });
  });

  test('because the site’s data were cleared is opened on an empty database', async () => {
    const database = page();
    await append(database, 1);
    await deleteDB(name);
    expect(await load(database)).toEqual([]);
    await append(database, 2);
    expect(await load(page())).toEqual(eventsFrom(0, 2));
  });
});
