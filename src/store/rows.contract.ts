import { beforeEach, describe, expect, test } from 'vitest';
import { all, type Rows } from './rows.ts';

/** What every implementation of `Rows` must do. `open` gives one without any row. */
export function describeRows(name: string, open: () => Promise<Rows>): void {
  describe(`rows in ${name}`, () => {
    let rows: Rows;
    beforeEach(async () => {
      rows = await open();
    });

    const journal = (first: number, workspace = 'w') => ({ workspace, first, entries: `[${first}]` });
    const put = (...journals: ReturnType<typeof journal>[]) =>
      rows.write(['journals'], 'relaxed', (tx) => {
        for (const row of journals) tx.put('journals', row);
        return Promise.resolve();
      });
    const list = (limit?: number) => rows.read(['journals'], (tx) => tx.list('journals', all('w'), limit));

    test('are listed in the order of their keys, numbers as numbers, one workspace at a time', async () => {
      await put(journal(10), journal(9), journal(0), journal(5, 'v'), journal(5, 'wa'), journal(256));
      expect((await list()).map(({ first }) => first)).toEqual([0, 9, 10, 256]);
      expect(await list(2)).toEqual([journal(0), journal(9)]);
    });

    test('a span includes both of its ends', async () => {
      await put(...[1, 2, 3, 4].map((first) => journal(first)));
      const span = { from: ['w', 2], to: ['w', 3] } as const;
      const found = await rows.read(['journals'], (tx) => tx.list('journals', span));
      expect(found.map(({ first }) => first)).toEqual([2, 3]);
    });

    test('a put replaces the row of its key, a delete takes the span', async () => {
      await put(journal(1), journal(2), journal(3));
      await put({ ...journal(1), entries: 'new' });
      await rows.write(['journals'], 'strict', (tx) => {
        tx.delete('journals', { from: ['w', 2], to: ['w', 3] });
        return Promise.resolve();
      });
      expect(await list()).toEqual([{ ...journal(1), entries: 'new' }]);
    });

    test('a transaction reads what it wrote', async () => {
      const read = await rows.write(['runs'], 'relaxed', (tx) => {
        tx.put('runs', { workspace: 'w', generation: 1, run: '{}' });
        return tx.get('runs', 'w');
      });
      expect(read).toEqual({ workspace: 'w', generation: 1, run: '{}' });
    });

    test('what throws changes nothing, in no table, and its error comes out as it is', async () => {
      await put(journal(1));
      const failure = new Error('changed my mind');
      const write = rows.write(['journals', 'runs'], 'strict', async (tx) => {
        tx.delete('journals', all('w'));
        tx.put('runs', { workspace: 'w', generation: 1, run: '{}' });
        await tx.get('runs', 'w');
        throw failure;
      });
      await expect(write).rejects.toBe(failure);
      expect(await list()).toEqual([journal(1)]);
      expect(await rows.read(['runs'], (tx) => tx.get('runs', 'w'))).toBeUndefined();
    });

    test('writers of one table take turns', async () => {
      const increment = () =>
        rows.write(['runs'], 'relaxed', async (tx) => {
          const before = (await tx.get('runs', 'w'))?.generation ?? 0;
          tx.put('runs', { workspace: 'w', generation: before + 1, run: '{}' });
        });
      await Promise.all(Array.from({ length: 50 }, increment));
      expect(await rows.read(['runs'], (tx) => tx.get('runs', 'w'))).toMatchObject({ generation: 50 });
    });

    test('a row is a copy: what its writer or reader does to it later does not show', async () => {
      const files: Record<string, string> = { 'a.ts': '1' };
      const row = { id: 'w', name: 'w', files, revision: 1 };
      await rows.write(['workspaces'], 'strict', (tx) => Promise.resolve(tx.put('workspaces', row)));
      files['a.ts'] = '2';
      const load = () => rows.read(['workspaces'], (tx) => tx.get('workspaces', 'w'));
      Object.assign((await load())!.files, { 'a.ts': '3' });
      expect((await load())!.files).toEqual({ 'a.ts': '1' });
    });
  });
}
