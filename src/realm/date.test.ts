import { execFileSync } from 'node:child_process';
import { buildSync } from 'esbuild';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { virtualDate } from './date.ts';

const VirtualDate = virtualDate(() => 1500.7, Date.UTC(2026, 0, 1));

/** What an engine whose machine is in UTC and speaks American English answers; ours must answer it everywhere. */
const expressions = [
  ...[
    'new Date(2024, 2, 31, 2, 30)',
    'new Date(2024, 0)',
    'new Date(99, 11, 31, 23, 59, 59, 999)',
    'new Date(0)',
    'new Date(-1)',
    'new Date(8.64e15)',
    'new Date(8.64e15 + 1)',
    'new Date(NaN)',
    'new Date(null)',
    'new Date(undefined)',
    'new Date("2024-03-31")',
    'new Date("2024-03-31T02:30")',
    'new Date("2024-03-31T02:30:15.123")',
    'new Date("2024-03-31T02:30Z")',
    'new Date("2024-03-31T02:30+03:00")',
    'new Date("2024-03-31 02:30")',
    'new Date("2024-3-1")',
    'new Date("Mar 31, 2024 02:30:00")',
    'new Date("31 March 2024")',
    'new Date("3/31/2024, 2:30 PM")',
    'new Date("Sun Mar 31 2024 02:30:00 GMT+0300 (Moscow Standard Time)")',
    'new Date("Sun, 31 Mar 2024 02:30:00 GMT")',
    'new Date("Sun Mar 31 2024 02:30:00 EST")',
    'new Date("yesterday")',
    'new Date("")',
    'new Date(["2024-03-31T02:30"])',
    'new Date(new String("2024-03-31T02:30"))',
    'new Date({ [Symbol.toPrimitive]: (hint) => hint + "2024" })',
    'new Date(new Date(2024, 2, 31, 2, 30))',
    'new Date(true)',
    'new Date(-62198755200000)',
    'new Date("-000001-01-01T00:00")',
    'new (class Day extends Date {})(2024, 2, 31)',
  ].flatMap((date) => [
    `${date}.getTime()`,
    `String(${date})`,
    `JSON.stringify(${date})`,
    `['getDate', 'getDay', 'getFullYear', 'getHours', 'getMilliseconds', 'getMinutes', 'getMonth', 'getSeconds',
      'getYear', 'getTimezoneOffset', 'valueOf'].map((name) => ${date}[name]())`,
    `['toString', 'toDateString', 'toTimeString', 'toUTCString', 'toGMTString', 'toLocaleString', 'toLocaleDateString',
      'toLocaleTimeString'].map((name) => ${date}[name]())`,
    `${date} - 1`,
  ]),
  ...['Date', 'Day', 'FullYear', 'Hours', 'Milliseconds', 'Minutes', 'Month', 'Seconds', 'Year'].flatMap((part) =>
    ['1', '31', '-1', '98.7', 'NaN'].map(
      (value) => `(() => { const d = new Date(2024, 2, 31, 2, 30); return [d.set${part}?.(${value}), String(d)]; })()`,
    ),
  ),
  'new Date(2024, 0, 1).toLocaleDateString("de-DE", { month: "long", weekday: "long" })',
  'new Date(2024, 0, 1).toLocaleTimeString(undefined, { timeZone: "Asia/Tokyo", timeStyle: "full" })',
  'new Date(2024, 0, 1).toLocaleString("en-GB", { timeZoneName: "short" })',
  'Date.parse("2024-03-31T02:30")',
  'Date.UTC(2024, 2)',
  'Date.length + Date.name',
  'Object.getOwnPropertyNames(Date.prototype).sort()',
  'new Date(0) instanceof Date',
  'Object.prototype.toString.call(new Date(0))',
  'typeof Date()',
];

const observe = buildSync({
  stdin: {
    contents: `
      import { virtualDate } from './date.ts';
      const Seen = process.env.SUBJECT === 'ours' ? virtualDate(() => 0, 0) : Date;
      const answer = (expression) => { try { return new Function('Date', 'return ' + expression)(Seen); } catch (e) { return e.name; } };
      console.log(JSON.stringify(JSON.parse(process.env.EXPRESSIONS).map((e) => [e, answer(e)])));`,
    resolveDir: import.meta.dirname,
  },
  bundle: true,
  format: 'cjs',
  platform: 'node',
  write: false,
}).outputFiles[0]!.text;

function answers(subject: 'ours' | 'native', zone: string, language: string): unknown {
  const env = {
    TZ: zone,
    LC_ALL: language,
    LANG: language,
    SUBJECT: subject,
    EXPRESSIONS: JSON.stringify(expressions),
  };
  return JSON.parse(execFileSync(process.execPath, ['-'], { input: observe, env, encoding: 'utf8' }));
}

describe('the machine', () => {
  const expected = answers('native', 'UTC', 'en_US.UTF-8');
  test.each([
    ['UTC', 'C'],
    ['America/New_York', 'de_DE.UTF-8'],
    ['Asia/Kolkata', 'ru_RU.UTF-8'],
    ['Pacific/Apia', 'ar_EG.UTF-8'],
    ['Europe/Berlin', 'tr_TR.UTF-8'],
  ])('in %s speaking %s changes nothing', (zone, language) => {
    expect(answers('ours', zone, language)).toEqual(expected);
  });
});

test('time is virtual: the epoch and whole milliseconds since', () => {
  expect(VirtualDate.now()).toBe(Date.UTC(2026, 0, 1, 0, 0, 1, 500));
  expect(new VirtualDate().toISOString()).toBe('2026-01-01T00:00:01.500Z');
  expect(VirtualDate()).toBe('Thu Jan 01 2026 00:00:01 GMT+0000 (Coordinated Universal Time)');
});

test('no object leads back to the clock of the machine', () => {
  const date = new VirtualDate();
  expect(date.constructor).toBe(VirtualDate);
  expect(Object.getPrototypeOf(VirtualDate.prototype)).toBe(Object.prototype);
  expect(Object.getPrototypeOf(VirtualDate)).toBe(Function.prototype);
});

test('a date is read back from each of its own texts', () => {
  fc.assert(
    fc.property(fc.date({ min: new Date(-2e14), max: new Date(2e14), noInvalidDate: true }), (native) => {
      const date = new VirtualDate(native.getTime());
      const whole = Math.floor(date.getTime() / 1000) * 1000;
      expect(date.toISOString()).toBe(native.toISOString());
      expect(new VirtualDate(date.toISOString().slice(0, -1)).getTime()).toBe(date.getTime());
      if (date.getFullYear() < 1000 || date.getFullYear() > 9999) return;
      expect(VirtualDate.parse(date.toString())).toBe(whole);
      expect(VirtualDate.parse(date.toUTCString())).toBe(whole);
      expect(VirtualDate.parse(`${date.toDateString()} ${date.toTimeString().slice(0, 8)}`)).toBe(whole);
    }),
  );
});
