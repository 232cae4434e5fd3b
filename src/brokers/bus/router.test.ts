import fc from 'fast-check';
import { expect, test } from 'vitest';
import { matches, wordsOf } from './pattern.ts';
import { Router } from './router.ts';

test('routes to every destination whose pattern fits, in the order of adding', () => {
  const router = new Router<string>();
  router.add('order.*', 'audit');
  router.add('order.created', 'mail');
  router.add('#', 'log');
  router.add('payment.*', 'books');
  expect(router.route('order.created')).toEqual(['audit', 'mail', 'log']);
  router.remove('audit');
  router.add('*.created', 'crm');
  expect(router.route('order.created')).toEqual(['mail', 'log', 'crm']);
  router.remove('nobody');
  expect(router.route('payment.made')).toEqual(['log', 'books']);
});

const pattern = fc
  .array(fc.constantFrom('a', 'b', '*', '#'), { minLength: 1, maxLength: 3 })
  .map((each) => each.join('.'));
const type = fc.array(fc.constantFrom('a', 'b'), { minLength: 1, maxLength: 3 }).map((each) => each.join('.'));
const deed = fc.oneof(fc.record({ add: pattern }), fc.record({ remove: fc.nat(10) }), fc.record({ route: type }));

test('remembered answers are those that asking every pattern would give', () => {
  fc.assert(
    fc.property(fc.array(deed, { maxLength: 40 }), (deeds) => {
      const router = new Router<number>();
      let routes: { pattern: string; to: number }[] = [];
      deeds.forEach((each, to) => {
        if ('add' in each) {
          router.add(each.add, to);
          routes.push({ pattern: each.add, to });
        } else if ('remove' in each) {
          router.remove(each.remove);
          routes = routes.filter((route) => route.to !== each.remove);
        } else {
          const expected = routes
            .filter((route) => matches(wordsOf(route.pattern), wordsOf(each.route)))
            .map((route) => route.to);
          expect(router.route(each.route)).toEqual(expected);
        }
      });
    }),
  );
});
