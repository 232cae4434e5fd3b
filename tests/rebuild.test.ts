import { expect, test } from 'vitest';
import type { WorldEntry } from '../src/brokers/facts.ts';
import { rebuildOf, tables, type TablesFact } from '../src/brokers/tables/state.ts';
import type { Entry } from '../src/kernel/journal.ts';
import type { Input } from '../src/kernel/run.ts';
import { project } from '../src/kernel/projection.ts';
import { compileProgram } from '../tools/lab/compile.ts';
import { readProgram } from '../tools/lab/files.ts';
import { playProgram } from '../tools/lab/run.ts';

const program = compileProgram(readProgram('lessons/09-cqrs/solution', 'lessons/09-cqrs/scenario.ts'));

async function journal(inputs: readonly Input[]): Promise<WorldEntry[]> {
  const entries: WorldEntry[] = [];
  const recipe = { seed: 1, faults: '', inputs, stored: [], until: 60_000 };
  await playProgram(program, recipe, (_, entry) => entries.push(entry));
  return entries;
}

const after = (entries: readonly WorldEntry[]) => project(tables, entries as readonly Entry<TablesFact>[]);
const rebuild: Input = { time: 4_000, do: 'rebuild', node: 'order-projection' };

test('a projection that is rebuilt in the middle of a run comes to the same rows, and nobody else notices', async () => {
  const [plain, rebuilt] = [after(await journal([])), after(await journal([rebuild]))];
  const side = rebuilt.rebuilds.get(rebuildOf('order-projection'))!;
  expect(side.readModels).toEqual(rebuilt.readModels);
  expect(side.checkpoints).toEqual(rebuilt.checkpoints);
  expect(rebuilt.readModels.get('orders')!.size).toBeGreaterThan(3);
  expect(rebuilt.readModels).toEqual(plain.readModels);
});

test('a second rebuild begins from nothing again, and the same run has the same bytes', async () => {
  const inputs: Input[] = [rebuild, { ...rebuild, time: 4_500 }];
  const entries = await journal(inputs);
  expect(JSON.stringify(await journal(inputs))).toBe(JSON.stringify(entries));
  const state = after(entries);
  expect(state.rebuilds.get(rebuildOf('order-projection'))!.readModels).toEqual(state.readModels);
});

test('what is not there cannot be rebuilt', async () => {
  const entries = await journal([{ ...rebuild, node: 'nobody' }]);
  expect(entries.some(({ type }) => type === 'readModel.emptied')).toBe(false);
});
