import fc from 'fast-check';
import { expect, test } from 'vitest';
import { matches as match, wordsOf } from './pattern.ts';

const matches = (pattern: string, type: string) => match(wordsOf(pattern), wordsOf(type));

// The examples of the AMQP 0-9-1 specification (§3.1.3.3) and of RabbitMQ's tutorial on topics.
test.each([
  ['*.stock.#', 'usd.stock', true],
  ['*.stock.#', 'eur.stock.db', true],
  ['*.stock.#', 'stock.nasdaq', false],
  ['*.orange.*', 'quick.orange.rabbit', true],
  ['*.orange.*', 'quick.orange.male.rabbit', false],
  ['*.*.rabbit', 'lazy.orange.rabbit', true],
  ['lazy.#', 'lazy', true],
  ['lazy.#', 'lazy.orange.male.rabbit', true],
  ['lazy.#', 'lazyness', false],
  ['#', 'anything.at.all', true],
  ['*', 'two.words', false],
  ['#.#', 'one', true],
  ['#.created', 'order.created', true],
  ['#.created', 'created', true],
  ['order.#.paid.*', 'order.a.paid.b.paid.c', true],
  ['order.created', 'order.created', true],
  ['order.created', 'Order.created', false],
  ['order.*', 'order.', true],
  ['order.cre*', 'order.created', false],
])('%s and %s: %s', (pattern, type, matching) => {
  expect(matches(pattern, type)).toBe(matching);
});

/** The rule as a regular expression over words that each end in a dot. */
function naive(pattern: string, type: string): boolean {
  const word = (part: string) => (part === '#' ? '(?:[^.]*\\.)*' : part === '*' ? '[^.]*\\.' : `${part}\\.`);
  return new RegExp(`^${pattern.split('.').map(word).join('')}$`).test(`${type}.`);
}

const words = (...each: string[]) => fc.array(fc.constantFrom(...each), { minLength: 1, maxLength: 7 });

test('matches what the rule as a regular expression matches', () => {
  fc.assert(
    fc.property(words('a', 'b', '*', '#', ''), words('a', 'b', ''), (pattern, type) => {
      expect(matches(pattern.join('.'), type.join('.'))).toBe(naive(pattern.join('.'), type.join('.')));
    }),
    { numRuns: 2_000 },
  );
});
