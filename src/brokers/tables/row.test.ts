import { expect, test } from 'vitest';
import { keyOf, matches, rowOf } from './row.ts';

test.each([
  ['orders', { id: '7', orderId: 'o-1' }, '7'],
  ['orders', { customerId: 'c-1', orderId: 'o-1' }, 'o-1'],
  ['entries', { authorId: 'a-1', entryId: 3 }, '3'],
  ['addresses', { customerId: 'c-1', addressId: 'x' }, 'x'],
  ['byCustomer', { customerId: 'c-1', orders: [] }, 'c-1'],
])('in %s the key of %j is %s', (table, row, key) => {
  expect(keyOf(table, row)).toBe(key);
});

test.each([
  ['orders', { customerId: 'c-1', productId: 'p-1' }, 'has no key'],
  ['orders', { Id: 'c-1' }, 'has no key'],
  ['orders', { id: '' }, 'must be a text or a number'],
  ['orders', { id: null, orderId: 'o-1' }, 'must be a text or a number'],
])('in %s the row %j has none', (table, row, sentence) => {
  expect(() => keyOf(table, row)).toThrow(sentence);
});

test.each([[undefined], [null], ['row'], [[]], [{ id: '1', total: 1n }]])('%o is no row', (given) => {
  expect(() => rowOf('orders', given)).toThrow(TypeError);
});

test('fields are equal when their JSON is', () => {
  const row = rowOf('orders', { id: '1', tags: ['a'], paid: undefined, at: new Date(0) });
  expect(matches(row, { tags: ['a'], at: '1970-01-01T00:00:00.000Z' })).toBe(true);
  expect(matches(row, { id: 1 })).toBe(false);
  expect(matches(row, { paid: null })).toBe(false);
});
