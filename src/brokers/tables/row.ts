import { plain } from '../../kernel/plain.ts';
import type { Row } from './state.ts';

/**
 * What is given as a row, as the table would keep it.
 * @throws TypeError or NotPlain when it is no object of plain data
 */
export function rowOf(table: string, given: unknown): Row {
  const row = plain(given, `the row of ${table}`);
  if (row === null || typeof row !== 'object' || Array.isArray(row))
    throw new TypeError(`a row of ${table} must be an object such as { id: '1', … }, not ${JSON.stringify(row)}`);
  return row as Row;
}

/**
 * The key of a row, as text: its `id`; else its `orderId` in a table `orders`; else the only field whose name ends in `Id`.
 * @throws TypeError when there is no such field, or it holds neither a text nor a number
 */
export function keyOf(table: string, row: Row): string {
  const field = keyField(table, row);
  if (field === undefined)
    throw new TypeError(`a row of ${table} has no key: give it an id, ${JSON.stringify(row)} has none`);
  const key = row[field];
  if ((typeof key === 'string' && key !== '') || typeof key === 'number') return String(key);
  throw new TypeError(`the key ${field} of a row of ${table} must be a text or a number, not ${JSON.stringify(key)}`);
}

function keyField(table: string, row: Row): string | undefined {
  if ('id' in row) return 'id';
  const own = [table.replace(/s$/, ''), table.replace(/es$/, ''), table.replace(/ies$/, 'y')].map(
    (name) => `${name}Id`,
  );
  const ids = Object.keys(row).filter((field) => /.Id$/.test(field));
  return own.find((field) => ids.includes(field)) ?? (ids.length === 1 ? ids[0] : undefined);
}

/** Has the row all of these fields, with equal values? Objects and lists are equal when their JSON is. */
export const matches = (row: Row, where: Row): boolean =>
  Object.entries(where).every(
    ([field, value]) => row[field] === value || JSON.stringify(row[field]) === JSON.stringify(value),
  );
