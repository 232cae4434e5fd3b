import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isoTime } from './isotime.ts';

test('it says what Date would say, from year 0 to 9999', () => {
  const from = Date.UTC(2000, 0, 1) - 2000 * 365.2425 * 86_400_000;
  const to = Date.UTC(9999, 11, 31, 23, 59, 59, 999);
  fc.assert(
    fc.property(fc.integer({ min: from, max: to }), (ms) => {
      expect(isoTime(ms)).toBe(new Date(ms).toISOString());
    }),
  );
});

test.each(['1970-01-01', '1999-12-31', '2000-02-29', '2100-02-28', '2100-03-01', '2026-01-01'])(
  '%s, a day at an edge',
  (day) => {
    expect(isoTime(Date.parse(day))).toBe(`${day}T00:00:00.000Z`);
  },
);
