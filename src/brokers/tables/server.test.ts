import fc from 'fast-check';
import { expect, test } from 'vitest';
import { project } from '../../kernel/projection.ts';
import type { VirtualPromise } from '../../kernel/promise.ts';
import { told, type Telling } from '../../kernel/story.testing.ts';
import type { World } from '../../kernel/world.ts';
import { sleep, worldOf } from '../../kernel/world.testing.ts';
import type { WorldFact } from '../facts.ts';
import { dbFacade, readModelFacade } from './facade.ts';
import { TablesServer } from './server.ts';
import { tables as projection } from './state.ts';

/** A table in a test: what it gives is waited for, or there at once inside a transaction. */
interface Table {
  insert(row: unknown): VirtualPromise<unknown>;
  upsert(row: unknown): VirtualPromise<unknown>;
  update(id: unknown, changes: unknown): VirtualPromise<unknown>;
  delete(id: unknown): VirtualPromise<unknown>;
  findById(id: unknown): VirtualPromise<unknown>;
  find(where: unknown): VirtualPromise<unknown>;
  findByCustomer(value: unknown): VirtualPromise<unknown>;
  all(): VirtualPromise<unknown>;
}
interface Open {
  readonly accounts: Table;
  readonly orders: Table;
  readonly checkpoint: (name: string, position?: number) => VirtualPromise<unknown>;
}
interface All extends Open {
  readonly transaction: (work: (tables: Open) => unknown) => VirtualPromise<unknown>;
  readonly lag: (name: string) => VirtualPromise<unknown>;
}
interface Stage {
  readonly db: All;
  readonly readModel: All;
  readonly world: World<WorldFact>;
  readonly server: TablesServer;
  readonly sleep: (ms: number) => VirtualPromise<void>;
}

/** Plays what the services do to the end, against an event store that holds ten events. */
function play(stories: Readonly<Record<string, (stage: Stage) => Telling>>, seed = 1) {
  const world: World<WorldFact> = worldOf<WorldFact>(
    Object.fromEntries(
      Object.entries(stories).map(([name, story]) => {
        const load = (): unknown =>
          told(story({ db, readModel, world, server, sleep: (ms) => sleep(world as never, ms) }));
        return [name, load];
      }),
    ),
    { seed },
  );
  const server = new TablesServer(world as never);
  const db = dbFacade(server) as All;
  const readModel = readModelFacade(server, (position) => 9 - position) as All;
  world.startAll();
  world.run(60_000);
  const { entries } = world.journal;
  for (const entry of entries)
    if (entry.type === 'node.failed' && entry.during === 'load') throw new Error(entry.error.message);
  return { entries, server };
}

type Deed =
  | { readonly do: 'insert' | 'upsert'; readonly id: string; readonly n: number }
  | { readonly do: 'update'; readonly id: string; readonly n: number }
  | { readonly do: 'delete' | 'findById'; readonly id: string }
  | { readonly do: 'find'; readonly n: number };

const id = fc.constantFrom('a', 'b', 'c', 'd');
const n = fc.nat(2);
const deed: fc.Arbitrary<Deed> = fc.oneof(
  fc.record({ do: fc.constantFrom('insert', 'upsert', 'update'), id, n }),
  fc.record({ do: fc.constantFrom('delete', 'findById'), id }),
  fc.record({ do: fc.constant('find'), n }),
);

/** A table as a newcomer would write it down. */
function perform(rows: Map<string, { id: string; n: number }>, deed: Deed): unknown {
  switch (deed.do) {
    case 'insert':
      if (rows.has(deed.id)) throw new Error('DuplicateKey');
      rows.set(deed.id, { id: deed.id, n: deed.n });
      return rows.get(deed.id);
    case 'upsert':
      rows.set(deed.id, { id: deed.id, n: deed.n });
      return rows.get(deed.id);
    case 'update':
      if (!rows.has(deed.id)) return undefined;
      rows.set(deed.id, { id: deed.id, n: deed.n });
      return rows.get(deed.id);
    case 'delete':
      return rows.delete(deed.id);
    case 'findById':
      return rows.get(deed.id);
    case 'find':
      return [...rows.values()].filter((row) => row.n === deed.n);
  }
}

function ask({ accounts }: Open, deed: Deed): VirtualPromise<unknown> {
  switch (deed.do) {
    case 'insert':
    case 'upsert':
      return accounts[deed.do]({ id: deed.id, n: deed.n });
    case 'update':
      return accounts.update(deed.id, { n: deed.n });
    case 'delete':
    case 'findById':
      return accounts[deed.do](deed.id);
    case 'find':
      return accounts.find({ n: deed.n });
  }
}

const outcomes = (deeds: readonly Deed[], work: (deed: Deed) => unknown): unknown[] =>
  deeds.map((deed) => {
    try {
      return work(deed);
    } catch {
      return 'refused';
    }
  });

test('a table is what a plain map is, access by access and transaction by transaction, whichever of them are given up', () => {
  const batch = fc.record({
    deeds: fc.array(deed, { maxLength: 6 }),
    as: fc.constantFrom('single', 'commit', 'abort'),
  });
  fc.assert(
    fc.property(fc.array(batch, { maxLength: 6 }), (batches) => {
      let rows = new Map<string, { id: string; n: number }>();
      const { server, entries } = play({
        *service({ db }) {
          for (const { deeds, as } of batches) {
            const before = new Map(rows);
            const expected = outcomes(deeds, (deed) => perform(rows, deed));
            if (as === 'single') {
              for (const [at, deed] of deeds.entries()) {
                const found: unknown = yield ask(db, deed).catch(() => 'refused');
                expect(found).toEqual(expected[at]);
              }
              continue;
            }
            const done = db.transaction((tx) => {
              expect(outcomes(deeds, (deed) => ask(tx, deed))).toEqual(expected);
              if (as === 'abort') throw new Error('given up');
            });
            if (as === 'abort') rows = before;
            yield done.catch((error: unknown) => expect(error).toMatchObject({ message: 'given up' }));
          }
          const all: unknown = yield db.accounts.all();
          expect(all).toEqual([...rows.values()]);
        },
      });
      expect(project(projection, entries as never)).toEqual(server.state);
    }),
  );
});

test('a row that is deleted and inserted again comes last, in its transaction as after it', () => {
  const seen: unknown[] = [];
  play({
    *service({ db }) {
      yield db.accounts.insert({ id: 'd', n: 0 });
      yield db.transaction((tx) => {
        void tx.accounts.insert({ id: 'a', n: 0 });
        void tx.accounts.delete('d');
        void tx.accounts.insert({ id: 'd', n: 0 });
        seen.push(tx.accounts.find({ n: 0 }));
      });
      seen.push(yield db.accounts.all());
    },
  });
  expect(seen).toEqual(
    Array(2).fill([
      { id: 'a', n: 0 },
      { id: 'd', n: 0 },
    ]),
  );
});

test('two services that read and then write lose an update; in a transaction they do not', () => {
  const open = function* ({ readModel }: Stage) {
    yield readModel.accounts.upsert({ id: 'A', balance: 0 });
  };
  const apart = function* ({ readModel, sleep }: Stage) {
    yield sleep(10);
    const row = (yield readModel.accounts.findById('A')) as { balance: number };
    yield readModel.accounts.update('A', { balance: row.balance + 1 });
  };
  const together = function* ({ readModel, sleep }: Stage) {
    yield sleep(10);
    yield readModel.transaction((tx) => {
      const row = tx.accounts.findById('A') as unknown as { balance: number };
      void tx.accounts.update('A', { balance: row.balance + 1 });
    });
  };
  const balance = ({ server }: ReturnType<typeof play>) =>
    server.state.readModels.get('accounts')?.get('A')?.['balance'];
  expect(balance(play({ open, ann: apart, ben: apart }))).toBe(1);
  expect(balance(play({ open, ann: together, ben: together }))).toBe(2);
});

test('the accesses of one service keep their order and take 1 to 3 ms each way round', () => {
  const { entries } = play({
    *service({ db, world }) {
      for (let n = 0; n < 20; n++) void db.orders.insert({ id: n });
      yield db.orders.insert({ id: 'last' });
      expect(world.now).toBeLessThanOrEqual(3);
    },
  });
  const keys = entries.flatMap((entry) => (entry.type === 'db.written' ? entry.writes.map(({ key }) => key) : []));
  expect(keys).toEqual([...Array.from({ length: 20 }, (_, n) => String(n)), 'last']);
});

test('a transaction that waits for its own tables is one write; one that waits for time is none', () => {
  const { entries, server } = play({
    *service({ db, sleep, world }) {
      yield db.transaction((tx) =>
        told(
          (function* () {
            yield tx.accounts.insert({ id: 'A', balance: 0 });
            const row = (yield tx.accounts.findById('A')) as object;
            yield tx.orders.insert({ id: 'o-1', account: row });
          })(),
        ),
      );
      const asked = world.now;
      const slow = db.transaction((tx) => sleep(100).then(() => tx.accounts.insert({ id: 'B' })));
      const refused: unknown = yield slow.catch((error: unknown) => error);
      expect(refused).toMatchObject({ name: 'TransactionInactive' });
      expect(world.now - asked).toBeLessThanOrEqual(3);
    },
  });
  expect(entries.filter(({ type }) => type === 'db.written')).toMatchObject([
    {
      node: 'service',
      writes: [
        { table: 'accounts', op: 'insert', key: 'A' },
        { table: 'orders', key: 'o-1' },
      ],
    },
  ]);
  expect(server.state.services.get('service')?.get('accounts')?.size).toBe(1);
});

test('what is in a table outlives its service; what a dead service asked for is not done', () => {
  let lives = 0;
  const found: unknown[] = [];
  play({
    *service({ db, world, sleep }) {
      if (++lives > 1) {
        found.push(yield db.orders.all());
        return;
      }
      yield db.orders.insert({ id: 'o-1' });
      world.clock.after(1_000, () => world.start('service'));
      yield sleep(5);
      void db.orders.insert({ id: 'o-2' });
      void db.transaction(() => found.push('the dead work'));
      world.crash('service', 'input');
    },
  });
  expect(found).toEqual([[{ id: 'o-1' }]]);
});

test('each service has tables of its own; read models are everybody’s', () => {
  const found: Record<string, unknown> = {};
  play({
    *ann({ db, readModel }) {
      yield db.orders.insert({ id: 1 });
      yield readModel.orders.insert({ orderId: 'o-1', customerId: 'c-1' });
      yield readModel.orders.insert({ orderId: 'o-2', customer: 'c-1' });
      yield readModel.orders.insert({ orderId: 'o-3', customer: 'c-2' });
    },
    *ben({ db, readModel, sleep }) {
      yield sleep(50);
      found['db'] = yield db.orders.all();
      found['byId'] = yield readModel.orders.findById('o-1');
      found['byCustomer'] = yield readModel.orders.findByCustomer('c-1');
    },
  });
  expect(found).toEqual({
    db: [],
    byId: { orderId: 'o-1', customerId: 'c-1' },
    byCustomer: [
      { orderId: 'o-1', customerId: 'c-1' },
      { orderId: 'o-2', customer: 'c-1' },
    ],
  });
});

test('a checkpoint is stored in the same write as the rows; the lag is what follows it', () => {
  const { entries } = play({
    *projection({ readModel }) {
      const before: unknown[] = [yield readModel.checkpoint('orders'), yield readModel.lag('orders')];
      yield readModel.transaction((tx) => {
        void tx.orders.upsert({ id: 'o-1' });
        void tx.checkpoint('orders', 6);
      });
      const after: unknown[] = [yield readModel.checkpoint('orders'), yield readModel.lag('orders')];
      expect([before, after]).toEqual([
        [undefined, 10],
        [6, 3],
      ]);
    },
  });
  expect(entries.filter(({ type }) => type === 'readModel.written')).toMatchObject([
    { writes: [{ op: 'upsert', table: 'orders', key: 'o-1' }], checkpoints: { orders: 6 } },
  ]);
});

test('what a read model answered is a fact; what a service reads in its own tables is its own affair', () => {
  const { entries } = play({
    *service({ db, readModel }) {
      yield db.orders.findById('o-1');
      yield readModel.orders.findById('o-1');
      yield readModel.orders.upsert({ id: 'o-1', customer: 'c-1' });
      yield readModel.orders.findByCustomer('c-1');
    },
  });
  expect(entries.slice(1)).toMatchObject([
    { type: 'readModel.read', node: 'service', cause: 0, table: 'orders', where: { id: 'o-1' }, found: [] },
    { type: 'readModel.written' },
    { type: 'readModel.read', where: { customer: 'c-1' }, found: [{ id: 'o-1', customer: 'c-1' }] },
  ]);
});

test('a row that was found is the finder’s own; a row that was given is copied when it is given', () => {
  play({
    *service({ db }) {
      const row = { id: 'o-1', items: ['a'] };
      const inserted = db.orders.insert(row);
      row.items.push('b');
      yield inserted;
      const found = (yield db.orders.findById('o-1')) as typeof row;
      found.items.push('c');
      const again: unknown = yield db.orders.findById('o-1');
      expect(again).toEqual({ id: 'o-1', items: ['a'] });
    },
  });
});

test.each<[string, (db: All) => unknown, string]>([
  ['no row', ({ orders }) => orders.insert(7), 'a row of orders must be an object'],
  ['no plain data', ({ orders }) => orders.upsert({ id: '1', total: 1n }), 'the row of orders.total is a BigInt'],
  ['no key', ({ orders }) => orders.findById(undefined), 'a key of orders is a text or a number'],
  ['no work', ({ transaction }) => transaction(undefined as never), 'needs a function'],
])('%s is refused at once with a sentence', (_, work, sentence) => {
  expect.hasAssertions();
  play({
    *service({ db }) {
      expect(() => work(db)).toThrow(sentence);
      yield undefined;
    },
  });
});

test('an update cannot change the key', () => {
  expect.hasAssertions();
  play({
    *service({ db }) {
      yield db.orders.insert({ id: 'o-1' });
      const refused: unknown = yield db.orders.update('o-1', { id: 'o-2' }).catch((error: unknown) => error);
      expect(refused).toMatchObject({ message: 'an update of orders cannot change the key o-1' });
    },
  });
});

test('a rebuild fills read models of its own, which begin empty each time; all others are asked and answered as before', () => {
  const found: unknown[] = [];
  const { server } = play({
    *projection({ readModel }) {
      yield readModel.transaction(({ orders, checkpoint }) => [orders.insert({ id: 'o-1' }), checkpoint('orders', 4)]);
    },
    *'projection~rebuild'({ db, readModel, sleep }) {
      yield sleep(50);
      found.push(yield readModel.checkpoint('orders'), yield readModel.orders.all());
      yield readModel.transaction(({ orders, checkpoint }) => [orders.insert({ id: 'o-2' }), checkpoint('orders', 2)]);
      yield db.orders.insert({ id: 'seen' });
      found.push(yield readModel.lag('orders'));
    },
    *begin({ server, sleep }) {
      yield sleep(20);
      server.empty('projection~rebuild');
    },
    *queries({ readModel, sleep }) {
      yield sleep(100);
      found.push(yield readModel.orders.all(), yield readModel.lag('orders'));
    },
  });
  expect(found).toEqual([undefined, [], 7, [{ id: 'o-1' }], 5]);
  server.empty('projection~rebuild');
  expect(server.state.rebuilds.get('projection~rebuild')!.readModels.size).toBe(0);
  expect(server.state.services.has('projection~rebuild')).toBe(false);
  expect(server.state.readModels.get('orders')!.size).toBe(1);
});
