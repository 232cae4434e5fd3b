import { expect, test } from 'vitest';
import type { WorldEntry } from '../src/brokers/facts.ts';
import type { StoredEvents } from '../src/kernel/stored.ts';
import { compileProgram } from '../tools/lab/compile.ts';
import { playProgram } from '../tools/lab/run.ts';

const program = compileProgram({
  'account-service.ts': `eventStore.save({ type: 'money.deposited', accountId: 'A', amount: 100, note: generateId() });`,
});

/** What one run adds to what is stored. */
async function appendedTo(stored: StoredEvents): Promise<StoredEvents> {
  const entries: WorldEntry[] = [];
  const recipe = { seed: 1, faults: '', inputs: [], stored, until: 1_000 };
  await playProgram(program, recipe, (_, entry) => entries.push(entry));
  return entries.flatMap((entry) => (entry.type === 'store.appended' ? entry.events : []));
}

test('the same code with the same seed, going on from what it has stored, stores something new', async () => {
  const first = await appendedTo([]);
  const second = await appendedTo(first);
  expect([...first, ...second].map(({ revision, position }) => [revision, position])).toEqual([
    [0, 0],
    [1, 1],
  ]);
  expect(second[0]!.id).not.toBe(first[0]!.id);
  expect(await appendedTo(first), 'and the same again from the same past').toEqual(second);
});
