/** Milliseconds since 1970-01-01 as ISO 8601 in UTC, `2026-01-01T00:00:00.000Z`; the same in every engine, years 0 to 9999. */
export function isoTime(ms: number): string {
  const day = Math.floor(ms / 86_400_000);
  const rest = Math.floor(ms - day * 86_400_000);
  const [year, month, date] = civil(day);
  const time = [Math.floor(rest / 3_600_000), Math.floor(rest / 60_000) % 60, Math.floor(rest / 1_000) % 60]
    .map(two)
    .join(':');
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(date)}T${time}.${String(rest % 1_000).padStart(3, '0')}Z`;
}

const two = (number: number): string => String(number).padStart(2, '0');

/** The proleptic Gregorian date of a day counted from 1970-01-01 (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", civil_from_days). */
function civil(day: number): [year: number, month: number, date: number] {
  const shifted = day + 719_468;
  const era = Math.floor(shifted / 146_097);
  const ofEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (ofEra - Math.floor(ofEra / 1_460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365,
  );
  const ofYear = ofEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const fromMarch = Math.floor((5 * ofYear + 2) / 153);
  const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return [year, month, ofYear - Math.floor((153 * fromMarch + 2) / 5) + 1];
}
