import fc from 'fast-check';
import { expect, test } from 'vitest';
import { play } from './story.testing.ts';

test('an index holds the events of its category or type, in the order of positions', () => {
  const written = fc.array(
    fc.record({
      stream: fc.constantFrom('account-1', 'account-2', 'order-1', 'loner', '$own'),
      type: fc.constantFrom('a', 'b'),
    }),
  );
  fc.assert(
    fc.property(written, (events) => {
      const { store } = play({
        *writer({ store }) {
          for (const { stream, type } of events) yield store.append(stream, [{ type, data: null }]);
        },
      });
      const learners = store.readAll().filter(({ stream }) => !stream.startsWith('$'));
      for (const category of ['account', 'order', 'loner'])
        expect(store.read(`$ce-${category}`)).toEqual(
          learners.filter(({ stream }) => stream.startsWith(`${category}-`)),
        );
      for (const type of ['a', 'b'])
        expect(store.read(`$et-${type}`)).toEqual(learners.filter((event) => event.type === type));
    }),
  );
});

test('a subscription to an index catches up and goes on, and begins behind a position', () => {
  const seen: number[] = [];
  play({
    *writer({ store, sleep }) {
      for (let n = 0; n < 6; n++) {
        store.append(n % 2 === 0 ? 'account-1' : 'order-1', [{ type: 'happened', data: n }]);
        yield sleep(10);
      }
    },
    *reader({ store, life, sleep }) {
      yield sleep(25);
      store.subscribe(life, { stream: '$ce-account', from: 0 }, ({ data }) => void seen.push(data as number));
    },
  });
  expect(seen).toEqual([2, 4]);
});
