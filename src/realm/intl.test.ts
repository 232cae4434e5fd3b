import { execFileSync } from 'node:child_process';
import { buildSync } from 'esbuild';
import { describe, expect, test } from 'vitest';
import { virtualIntl } from './intl.ts';

/** What an engine whose machine is in UTC and speaks American English answers; ours must answer it everywhere. */
const expressions = [
  '(1234567.891).toLocaleString()',
  '(1234567.891).toLocaleString([], { style: "currency", currency: "EUR" })',
  '(1234567.891).toLocaleString("de-DE")',
  '(1234567.891).toLocaleString("tlh")',
  '(1234567.891).toLocaleString("not a locale")',
  '12345678901234567890n.toLocaleString()',
  '[1234.5, 6789, "x", null, 10n].toLocaleString()',
  '[1234.5, [6789]].toLocaleString("de-DE", { minimumFractionDigits: 2 })',
  'new Float64Array([1234.5]).toLocaleString()',
  '"iıIİ".toLocaleUpperCase()',
  '"iıIİ".toLocaleLowerCase()',
  '"i".toLocaleUpperCase("tr")',
  '["z", "a", "Z", "ä", "ö", "é", "и", "ё", "Ж", "10", "9"].sort((a, b) => a.localeCompare(b))',
  '"a10".localeCompare("a9", undefined, { numeric: true })',
  '"z".localeCompare("ä", "sv")',
  '"undefined".localeCompare()',
  'new Intl.DateTimeFormat().format(1.7e12)',
  'Intl.DateTimeFormat("ru").format(1.7e12)',
  'new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "long" }).format(new Date(1.7e12))',
  'new Intl.DateTimeFormat("en", { timeStyle: "long", timeZone: "Asia/Tokyo" }).formatToParts(1.7e12)',
  'new Intl.DateTimeFormat().formatRange(1.7e12, 1.71e12)',
  'new Intl.DateTimeFormat("en", { timeStyle: "short" }).formatRange(1.7e12, 1.70001e12)',
  'new Intl.DateTimeFormat("en", { timeStyle: "short" }).formatRangeToParts(1.7e12, 1.70001e12)',
  'new Intl.DateTimeFormat().resolvedOptions()',
  'new Intl.DateTimeFormat("tlh").resolvedOptions().locale',
  'new Intl.NumberFormat().format(1e6)',
  'Intl.NumberFormat("de").resolvedOptions().locale',
  'new Intl.NumberFormat(undefined, { notation: "compact" }).format(1e6)',
  'new Intl.NumberFormat() instanceof Intl.NumberFormat',
  '["b", "a", "B"].sort(Intl.Collator().compare)',
  'new Intl.Collator().resolvedOptions().locale',
  'new Intl.PluralRules().select(1)',
  'Intl.PluralRules()',
  'new Intl.RelativeTimeFormat().format(-1, "day")',
  'new Intl.ListFormat().format(["a", "b", "c"])',
  'new Intl.DisplayNames(undefined, { type: "region" }).of("US")',
  '[...new Intl.Segmenter(undefined, { granularity: "word" }).segment("Hello there")].map((s) => s.segment)',
  'new Intl.Locale("de").toString()',
  'Intl.getCanonicalLocales("EN-us")',
  'Intl.NumberFormat.supportedLocalesOf(["de", "tlh"])',
  'Object.prototype.toString.call(Intl)',
];

const observe = buildSync({
  stdin: {
    contents: `
      import { localeMethods, virtualIntl } from './intl.ts';
      import { define } from './replica.ts';
      if (process.env.SUBJECT === 'ours') {
        Intl = virtualIntl(() => 0);
        for (const [name, methods] of Object.entries(localeMethods)) define(globalThis[name].prototype, methods);
      }
      const answer = (expression) => { try { return new Function('return ' + expression)(); } catch (e) { return e.name; } };
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
  const text = execFileSync(process.execPath, ['-'], { input: observe, env, encoding: 'utf8' });
  // V8 puts a plain space before AM and PM in `format` alone.
  return JSON.parse(subject === 'native' ? text.replaceAll('\u202f', ' ') : text);
}

describe('the machine', () => {
  const expected = answers('native', 'UTC', 'en_US.UTF-8');

  test.each([
    ['UTC', 'C'],
    ['America/New_York', 'de_DE.UTF-8'],
    ['Asia/Kolkata', 'ru_RU.UTF-8'],
    ['Europe/Istanbul', 'tr_TR.UTF-8'],
    ['Africa/Cairo', 'ar_EG.UTF-8'],
  ])('in %s speaking %s changes nothing', (zone, language) => {
    expect(answers('ours', zone, language)).toEqual(expected);
  });

  test('would change something: the native answers do differ', () => {
    expect(answers('native', 'Asia/Tokyo', 'tr_TR.UTF-8')).not.toEqual(expected);
  });
});

test('the present of a formatter is virtual', () => {
  const format = new (virtualIntl(() => 0).DateTimeFormat)(undefined, { timeStyle: 'long' });
  expect(format.format()).toBe('12:00:00 AM UTC');
  expect(format.formatToParts().map(({ value }) => value)).toEqual(['12', ':', '00', ':', '00', ' ', 'AM', ' ', 'UTC']);
});
