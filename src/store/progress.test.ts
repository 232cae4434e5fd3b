import { expect, test } from 'vitest';
import { MemoryRows } from './memory.ts';
import { ProgressKeeper } from './progress.ts';

test('progress is kept by lesson', async () => {
  const progress = new ProgressKeeper(new MemoryRows());
  expect(await progress.load()).toEqual({});
  await progress.save('one', { passed: false, prediction: 'b' });
  await progress.save('two', { passed: true });
  expect(await progress.load()).toEqual({ one: { passed: false, prediction: 'b' }, two: { passed: true } });
});

test('a lesson once passed stays passed, and a prediction stays the first', async () => {
  const progress = new ProgressKeeper(new MemoryRows());
  await progress.save('one', { passed: true, prediction: 'b' });
  await progress.save('one', { passed: false, prediction: 'a' });
  expect(await progress.load()).toEqual({ one: { passed: true, prediction: 'b' } });
});
