import { format, inspect } from 'node-inspect-extracted';

type Row = ReadonlyMap<string, unknown>;

const indexColumn = '(index)';
const iterationColumn = '(iteration index)';
const keyColumn = 'Key';
const valuesColumn = 'Values';

/** What Node 20 draws for `console.table`; undefined for what has no rows, which is logged as it is. */
export function table(data: unknown, columns?: readonly string[]): string | undefined {
  if (data === null || typeof data !== 'object') return undefined;
  const iterated = data instanceof Map || data instanceof Set;
  const rows: Row[] = iterated
    ? Array.from(data instanceof Map ? data : data.values(), (item, at) => iteratedRow(item, at, data instanceof Map))
    : Object.entries(data).map(([index, value]) => new Map([[indexColumn, index], ...cells(value, columns)]));
  const names = [...new Set(rows.flatMap((row) => [...row.keys()]))].filter((name) => name !== valuesColumn);
  if (!iterated && columns) names.splice(1, names.length, ...columns);
  if (rows.length === 0) names.push(iterated ? iterationColumn : indexColumn);
  if (rows.some((row) => row.has(valuesColumn))) names.push(valuesColumn);
  return draw(
    names,
    rows.map((row) => names.map((name) => (row.has(name) ? shown(name, row.get(name)) : ''))),
  );
}

function iteratedRow(item: unknown, at: number, keyed: boolean): Row {
  const index: [string, unknown] = [iterationColumn, String(at)];
  if (!keyed) return new Map([index, [valuesColumn, item]]);
  const [key, value] = item as [unknown, unknown];
  return new Map([index, [keyColumn, key], [valuesColumn, value]]);
}

function cells(value: unknown, columns: readonly string[] | undefined): [string, unknown][] {
  if (value === null || (typeof value !== 'object' && typeof value !== 'function'))
    return columns ? [] : [[valuesColumn, value]];
  return Object.entries(value).filter(([name]) => !columns || columns.includes(name));
}

const shown = (name: string, value: unknown): string =>
  name === indexColumn || name === iterationColumn
    ? format('%s', value)
    : inspect(value, {
        depth: isLarge(value) ? -1 : 0,
        maxArrayLength: 3,
        breakLength: Infinity,
      });

function draw(names: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = names.map((name, at) => Math.max(name.length, ...rows.map((row) => row[at]!.length)) + 2);
  const line = (left: string, middle: string, right: string) =>
    left + widths.map((width) => '─'.repeat(width)).join(middle) + right;
  const row = (texts: readonly string[]) =>
    `│${texts.map((text, at) => ` ${text.padEnd(widths[at]! - 1)}`).join('│')}│`;
  return [line('┌', '┬', '┐'), row(names), line('├', '┼', '┤'), ...rows.map(row), line('└', '┴', '┘')].join('\n');
}

/** Objects of more than two members are named, not shown. */
const isLarge = (value: unknown): boolean =>
  value !== null && typeof value === 'object' && !Array.isArray(value) && Object.keys(value).length > 2;
