import { localesOf, plainSpaces } from './intl.ts';
import { define, replica, type Constructor } from './replica.ts';

const Native = Date;
const native = Date.prototype;
const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** The date-time format of ECMAScript without an offset, which it reads as local time. */
const localISO = /^(?:\d{4}|[+-]\d{6})(?:-\d\d(?:-\d\d)?)?T\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?$/;
const dateISO = /^(?:\d{4}|[+-]\d{6})(?:-\d\d(?:-\d\d)?)?$/;
/** A zone by name or by an offset after a time; what is in parentheses is a comment. */
const zone = /\b(?:Z|UTC?|GMT|[ECMP][SD]T)\b|:\d\d.*[+-]\d\d?:?\d\d|:[\d.]+Z$/i;

/**
 * `Date.parse` in the zone UTC: a text that names no zone is read as if it had named UTC. What lies outside the format of
 * ECMAScript is still read by the engine.
 */
function parse(text: string): number {
  if (localISO.test(text)) return Native.parse(`${text}Z`);
  return Native.parse(dateISO.test(text) || zone.test(text) ? text : `${text} UTC`);
}

interface Convertible {
  [Symbol.toPrimitive]?: ((hint: string) => unknown) | null;
  valueOf(): unknown;
  toString(): string;
}

const isObject = (value: unknown): value is Convertible =>
  (typeof value === 'object' && value !== null) || typeof value === 'function';

/** ToPrimitive without a hint, as `new Date(value)` does it. */
function primitive(value: unknown): unknown {
  if (!isObject(value)) return value;
  const exotic = value[Symbol.toPrimitive];
  if (exotic !== undefined && exotic !== null) return exotic.call(value, 'default');
  const plain = value.valueOf();
  return isObject(plain) ? value.toString() : plain;
}

function isDate(value: unknown): value is Date {
  try {
    native.getTime.call(value as Date);
    return true;
  } catch {
    return false;
  }
}

const two = (value: number) => String(value).padStart(2, '0');

/** The texts of a date as ECMAScript fixes them (ToDateString, toUTCString) for an engine whose zone is UTC. */
function texts(date: Date) {
  const utc = new Native(native.getTime.call(date));
  if (Number.isNaN(utc.getTime()))
    return { date: 'Invalid Date', time: 'Invalid Date', both: 'Invalid Date', utc: 'Invalid Date' };
  const day = days[utc.getUTCDay()]!;
  const month = months[utc.getUTCMonth()]!;
  const full = utc.getUTCFullYear();
  const year = `${full < 0 ? '-' : ''}${String(Math.abs(full)).padStart(4, '0')}`;
  const clock = [utc.getUTCHours(), utc.getUTCMinutes(), utc.getUTCSeconds()].map(two).join(':');
  const [onDay, atTime] = [
    `${day} ${month} ${two(utc.getUTCDate())} ${year}`,
    `${clock} GMT+0000 (Coordinated Universal Time)`,
  ];
  return {
    date: onDay,
    time: atTime,
    both: `${onDay} ${atTime}`,
    utc: `${day}, ${two(utc.getUTCDate())} ${month} ${year} ${clock} GMT`,
  };
}

const textMethods = {
  toString(this: Date) {
    return texts(this).both;
  },
  toDateString(this: Date) {
    return texts(this).date;
  },
  toTimeString(this: Date) {
    return texts(this).time;
  },
  toUTCString(this: Date) {
    return texts(this).utc;
  },
  toGMTString(this: Date) {
    return texts(this).utc;
  },
};

const zoneMethods = {
  getTimezoneOffset(this: Date) {
    return Number.isNaN(native.getTime.call(this)) ? NaN : 0;
  },
  getYear(this: Date) {
    return native.getUTCFullYear.call(this) - 1900;
  },
  setYear(this: Date, value: unknown) {
    const year = Math.trunc(Number(value));
    return native.setUTCFullYear.call(this, year >= 0 && year <= 99 ? 1900 + year : year);
  },
};

/** The getters and setters of UTC under the names of those of local time. */
function* localParts(): Iterable<[string, unknown]> {
  const methods = native as unknown as Record<string, unknown>;
  for (const part of ['Date', 'Day', 'FullYear', 'Hours', 'Milliseconds', 'Minutes', 'Month', 'Seconds']) {
    yield [`get${part}`, methods[`getUTC${part}`]];
    if (part !== 'Day') yield [`set${part}`, methods[`setUTC${part}`]];
  }
}

type Locales = Intl.LocalesArgument;
const localeMethods = Object.fromEntries(
  (['toLocaleString', 'toLocaleDateString', 'toLocaleTimeString'] as const).map((name) => [
    name,
    function (this: Date, locales?: Locales, options?: Intl.DateTimeFormatOptions) {
      return plainSpaces(native[name].call(this, localesOf(locales), { timeZone: 'UTC', ...options }));
    },
  ]),
);

/**
 * A `Date` of which nothing depends on the machine: it is `now()` virtual ms after `epoch` (ms since 1970), and local time
 * is UTC in every constructor, getter, setter and text. In all else it is the native `Date`.
 */
export function virtualDate(now: () => number, epoch: number): DateConstructor {
  const current = () => Math.trunc(epoch + now());
  const time = (args: readonly unknown[]): unknown => {
    if (args.length === 0) return current();
    if (args.length > 1) return Native.UTC(...(args as Parameters<typeof Native.UTC>));
    if (isDate(args[0])) return native.getTime.call(args[0]);
    const value = primitive(args[0]);
    return typeof value === 'string' ? parse(value) : value;
  };
  const Virtual: DateConstructor = replica(
    Native,
    (args, target) => Reflect.construct(Native as Constructor, [time(args)], target),
    () => new Virtual().toString(),
  );
  define(Virtual, { now: current, parse: (text: unknown) => parse(String(text)) });
  define(Virtual.prototype, { ...Object.fromEntries(localParts()), ...zoneMethods, ...textMethods, ...localeMethods });
  return Virtual;
}
