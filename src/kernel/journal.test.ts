import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Journal, type Entry, type Fact } from './journal.ts';
import { project, type Projection } from './projection.ts';

interface Counted extends Fact {
  readonly type: 'counted';
  readonly by: number;
}

function journalOf() {
  let now = 0;
  const journal = new Journal<Counted>(() => now);
  return {
    journal,
    count: (by: number, at = now, cause?: number) => (
      (now = at),
      journal.append('orders', { type: 'counted', by }, cause)
    ),
  };
}

test('an entry is its place, its cause if it has one, and the fact: always in this order', () => {
  const { count } = journalOf();
  expect(JSON.stringify(count(1, 5))).toBe('{"seq":0,"time":5,"node":"orders","type":"counted","by":1}');
  expect(JSON.stringify(count(2, 7, 0))).toBe('{"seq":1,"time":7,"node":"orders","cause":0,"type":"counted","by":2}');
});

test('entries$ tells of every entry in the instant in which it is appended, and of none before', () => {
  const { journal, count } = journalOf();
  count(1);
  const heard: Entry<Counted>[] = [];
  const subscription = journal.entries$.subscribe((entry) => heard.push(entry));
  count(2);
  expect(heard).toEqual(journal.entries.slice(1));
  subscription.unsubscribe();
  count(3);
  expect(heard).toHaveLength(1);
});

const sum: Projection<{ total: number }, Counted> = {
  initial: () => ({ total: 0 }),
  evolve: (state, { by }) => void (state.total += by),
};

test('a projection of the first entries is what the state was then', () => {
  fc.assert(
    fc.property(fc.array(fc.integer()), fc.nat(), (numbers, end) => {
      const { journal, count } = journalOf();
      const live = sum.initial();
      const then = numbers.map((by) => {
        sum.evolve(live, count(by));
        return live.total;
      });
      const upTo = Math.min(end, numbers.length);
      expect(project(sum, journal.entries, upTo).total).toBe(then[upTo - 1] ?? 0);
      expect(project(sum, journal.entries)).toEqual(live);
    }),
  );
});
