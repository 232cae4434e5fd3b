import { expect, it } from 'vitest';
import { seedOf, trials } from './trials.ts';

it('plays consecutive seeds under each plan of faults in turn', () => {
  expect(trials({ seeds: 3, faults: ['', 'delay'] }, 7)).toEqual([
    { seed: 7, faults: '' },
    { seed: 8, faults: 'delay' },
    { seed: 9, faults: '' },
  ]);
});

it('takes the first seed from the code alone', () => {
  const files = { 'a.ts': 'x', 'b.ts': 'y' };
  expect(seedOf(files)).toBe(seedOf({ 'b.ts': 'y', 'a.ts': 'x' }));
  expect(seedOf(files)).not.toBe(seedOf({ 'a.ts': 'x ', 'b.ts': 'y' }));
  expect(seedOf({})).toBe(0x811c9dc5);
});
