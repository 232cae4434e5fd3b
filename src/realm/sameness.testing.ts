import { virtualDate } from './date.ts';
import { format } from './inspect.ts';
import { localeMethods, virtualIntl } from './intl.ts';
import { parse } from './json.ts';
import { deterministicMath } from './math.ts';
import { saying } from './wording.ts';

const VirtualDate = virtualDate(() => 0, Date.UTC(2026, 0, 1));
const VirtualIntl = virtualIntl(() => 0);

function thrown(work: () => unknown): string {
  try {
    return format([work()]);
  } catch (error) {
    const { name, message } = saying(error as Error);
    return `${name}: ${message}`;
  }
}

/** What learner code might see of the language, as text: the same in every engine on every machine. */
export function sample(): Record<string, string[]> {
  const math = Object.entries(deterministicMath()).flatMap(([name, f]) =>
    Array.from({ length: 200 }, (_, at) => `${name} ${f((at - 100) * 0.37, at * 0.011)}`),
  );
  const dates = ['2024-03-31T02:30', 'Mar 31, 2024 02:30', '3/31/2024', 'Sun, 31 Mar 2024 02:30:00 GMT', 'never'].map(
    (text) => {
      const date = new VirtualDate(text);
      return [date.getTime(), date.getHours(), String(date), date.toLocaleString(), date.toLocaleDateString('ru')].join(
        ' ',
      );
    },
  );
  const cyclic: Record<string, unknown> = { id: 1 };
  cyclic['self'] = cyclic;
  const undefinedThing = undefined as unknown as { x: { y: number } };
  const refused = [
    () => undefinedThing.x,
    () => (null as unknown as { f(): void }).f(),
    () => missing,
    () => new Array<number>(-1),
    () => new Date(NaN).toISOString(),
    () => JSON.stringify(cyclic),
    () => JSON.stringify(1n),
    () => [].reduce((a) => a),
    () => decodeURIComponent('%'),
    () => parse('{"a":1,}'),
    () => parse('not json'),
    () => parse(''),
  ].map(thrown);
  const compare = localeMethods.String['localeCompare'] as (this: string, that: string) => number;
  const words = ['z', 'ä', 'a', 'Я', 'ё', '10', '9'].sort((a, b) => compare.call(a, b));
  const shown = [
    { a: [1, { b: new Map([[1, new Set(['x'])]]) }] },
    cyclic,
    new TypeError('no'),
    /x/g,
    [undefined, null, -0],
  ];
  return {
    math,
    dates: [...dates, VirtualDate()],
    intl: [
      new VirtualIntl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'long' }).format(),
      new VirtualIntl.NumberFormat().format(1234567.891),
      ...words,
    ],
    console: [format(['%s %o', 'text', ...shown])],
    refused,
  };
}

declare const missing: unknown;
