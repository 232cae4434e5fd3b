import { expect, test } from 'vitest';
import type { Entry } from '../kernel/journal.ts';
import type { Run } from '../kernel/run.ts';
import { MemoryRows } from './memory.ts';
import { all } from './rows.ts';
import { Runs } from './runs.ts';

const run: Run = { files: { 'a.ts': '' }, scenario: '', seed: 7, faults: '', inputs: [], stored: [], until: 60_000 };
const entries = (first: number, count: number): Entry[] =>
  Array.from({ length: count }, (_, i) => ({ seq: first + i, time: first + i, node: 'a', type: 'node.started' }));

test('the last run is there with the journal as far as it was written', async () => {
  const runs = new Runs(new MemoryRows());
  expect(await runs.load('w')).toBeUndefined();
  const generation = await runs.begin('w', run);
  expect(await runs.load('w')).toEqual({ run, entries: [] });
  for (const batch of [entries(0, 5), [], entries(5, 300)])
    expect(await runs.extend('w', generation, batch)).toBe(true);
  expect(await runs.load('w')).toEqual({ run, entries: [...entries(0, 5), ...entries(5, 300)] });
});

test('a new run takes the place of the one before', async () => {
  const runs = new Runs(new MemoryRows());
  await runs.extend('w', await runs.begin('w', run), entries(0, 5));
  const again = { ...run, seed: 8 };
  await runs.extend('w', await runs.begin('w', again), entries(0, 2));
  expect(await runs.load('w')).toEqual({ run: again, entries: entries(0, 2) });
});

test('a tab whose run is no longer the last writes nothing and is told', async () => {
  const rows = new MemoryRows();
  const [one, other] = [new Runs(rows), new Runs(rows)];
  const older = await one.begin('w', run);
  const newer = await other.begin('w', run);
  expect(await one.extend('w', older, entries(0, 5))).toBe(false);
  expect(await other.extend('w', newer, entries(0, 2))).toBe(true);
  expect((await one.load('w'))?.entries).toEqual(entries(0, 2));
});

test('a journal that cannot be read, or has a hole, is read as far as it goes', async () => {
  const rows = new MemoryRows();
  const runs = new Runs(rows);
  const generation = await runs.begin('w', run);
  for (const first of [0, 5, 10, 15]) await runs.extend('w', generation, entries(first, 5));
  await rows.write(['journals'], 'relaxed', (tx) =>
    Promise.resolve(tx.put('journals', { workspace: 'w', first: 10, entries: '[{"seq":1' })),
  );
  expect((await runs.load('w'))?.entries).toEqual(entries(0, 10));
  await rows.write(['journals'], 'relaxed', (tx) =>
    Promise.resolve(tx.delete('journals', { from: all('w').from, to: ['w', 0] })),
  );
  expect((await runs.load('w'))?.entries).toEqual([]);
});

test('what was done to a run is added to its recipe, unless another tab has begun a run since', async () => {
  const rows = new MemoryRows();
  const runs = new Runs(rows);
  const inputs = [{ time: 5, do: 'crash', node: 'mail-service' }] as const;
  const older = await runs.begin('w', run);
  await runs.revise('w', older, { ...run, inputs });
  expect((await runs.load('w'))?.run.inputs).toEqual(inputs);
  await runs.begin('w', run);
  await runs.revise('w', older, { ...run, inputs });
  expect((await runs.load('w'))?.run).toEqual(run);
});

test('a run that is forgotten takes its journal along and is not added to any more', async () => {
  const runs = new Runs(new MemoryRows());
  const generation = await runs.begin('w', run);
  await runs.extend('w', generation, entries(0, 5));
  await runs.forget('w');
  expect(await runs.load('w')).toBeUndefined();
  expect(await runs.extend('w', generation, entries(5, 5))).toBe(false);
});

test('a recipe that cannot be read is no run', async () => {
  const rows = new MemoryRows();
  await rows.write(['runs'], 'relaxed', (tx) =>
    Promise.resolve(tx.put('runs', { workspace: 'w', generation: 1, run: '{"seed":' })),
  );
  expect(await new Runs(rows).load('w')).toBeUndefined();
});
