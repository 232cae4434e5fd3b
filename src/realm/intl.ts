import { define, replica, type Constructor } from './replica.ts';

const Native = Intl;
const language = 'en-US';
type Locales = Intl.LocalesArgument;

/** What was asked for and, after it, American English: so the machine's own language is never the one to fall back on. */
export function localesOf(locales: Locales): string[] {
  return [...Native.getCanonicalLocales(locales as string[] | undefined), language];
}

/** The space before AM and PM is a narrow one in the data of some engines and in some methods of others: here it is plain. */
export const plainSpaces = (text: string) => text.replaceAll('\u202f', ' ');

/** A method of the language whose argument number `at` says the locales: the native one, but never in the machine's own. */
function localizedMethod(prototype: object, name: string, at: number) {
  // Taken now: later it is the one that we put in its place.
  const native = (prototype as Record<string, (...args: unknown[]) => unknown>)[name]!;
  const method = {
    [name](this: unknown, ...args: unknown[]): unknown {
      args[at] = localesOf(args[at] as Locales);
      return Reflect.apply(native, this, args);
    },
  };
  return { [name]: method[name] };
}

/**
 * The methods of values that would ask the machine for its language, by the global on whose prototype they belong. Arrays
 * need none: their `toLocaleString` asks each element.
 */
export const localeMethods = {
  String: {
    ...localizedMethod(String.prototype, 'localeCompare', 1),
    ...localizedMethod(String.prototype, 'toLocaleLowerCase', 0),
    ...localizedMethod(String.prototype, 'toLocaleUpperCase', 0),
  },
  Number: localizedMethod(Number.prototype, 'toLocaleString', 0),
  BigInt: localizedMethod(BigInt.prototype, 'toLocaleString', 0),
};

/** `Intl.DateTimeFormat` whose zone is UTC unless asked for another and whose present is `now()`. */
function virtualDateTimeFormat(now: () => number): typeof Intl.DateTimeFormat {
  const NativeFormat = Native.DateTimeFormat;
  const native = NativeFormat.prototype;
  const boundFormat = Object.getOwnPropertyDescriptor(native, 'format')!;
  type When = number | Date | undefined;
  const Virtual = localized(NativeFormat, (options) => ({ timeZone: 'UTC', ...options }));
  Object.defineProperty(Virtual.prototype, 'format', {
    get(this: Intl.DateTimeFormat) {
      const bound = boundFormat.get!.call(this) as Intl.DateTimeFormat['format'];
      return (when: When) => plainSpaces(bound(when === undefined ? now() : when));
    },
  });
  const plain = (part: Intl.DateTimeFormatPart) => ({ ...part, value: plainSpaces(part.value) });
  define(Virtual.prototype, {
    formatToParts(this: Intl.DateTimeFormat, when: When) {
      return native.formatToParts.call(this, when === undefined ? now() : when).map(plain);
    },
    formatRange(this: Intl.DateTimeFormat, start: Date, end: Date) {
      return plainSpaces(native.formatRange.call(this, start, end));
    },
    formatRangeToParts(this: Intl.DateTimeFormat, start: Date, end: Date) {
      return native.formatRangeToParts.call(this, start, end).map(plain);
    },
  });
  return Virtual;
}

/** A constructor of `Intl` that never falls back on the language of the machine. */
function localized<C extends object>(native: C, defaults = (options?: object) => options): C {
  const construct = (args: readonly unknown[], target: Constructor) =>
    Reflect.construct(
      native as Constructor,
      [localesOf(args[0] as Locales), defaults(args[1] as object | undefined)],
      target,
    );
  const callable = ['Collator', 'DateTimeFormat', 'NumberFormat'].includes((native as Constructor).name);
  const Localized: C = replica(native, construct, (args) =>
    callable ? construct(args, Localized as Constructor) : (native as () => unknown)(),
  );
  return Localized;
}

/**
 * An `Intl` of which nothing depends on the machine: the default language is American English, the default zone UTC and
 * the present `now()` (ms since 1970). What a language's data say is still the engine's, and may change with its version.
 */
export function virtualIntl(now: () => number): typeof Intl {
  const virtual = Object.create(Object.prototype, Object.getOwnPropertyDescriptors(Native)) as typeof Intl;
  for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(Native))) {
    // Locale has no default; everything else with a prototype is built from (locales, options).
    const builds = typeof value === 'function' && 'prototype' in value && name !== 'Locale';
    if (builds) define(virtual, { [name]: localized(value as Constructor) });
  }
  define(virtual, { DateTimeFormat: virtualDateTimeFormat(now) });
  return virtual;
}
