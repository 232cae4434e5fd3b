import { format as formatAsNode, inspect, type InspectOptions } from 'node-inspect-extracted';
import type { Place } from '../kernel/facts.ts';
import { VirtualPromise } from '../kernel/promise.ts';
import { saying } from './wording.ts';

/** What one call of the console may write, in UTF-16 units; the rest is counted, not kept. */
const longest = 10_000;

type PlaceOf = (error: unknown) => Place | undefined;

/**
 * What Node 20 prints for `console.log(...args)`, the same in every engine and for any value: it never throws, and what
 * is longer than 10,000 characters ends in an ellipsis.
 *
 * Differs from Node in three things. An error shows no stack of the engine, only its place as `placeOf` knows it. The
 * entries of a Map or Set iterator stay hidden: no code can look at them without taking them. And a Proxy is shown by what
 * its traps answer, not by its target.
 */
export function format(args: readonly unknown[], placeOf: PlaceOf = () => undefined): string {
  const print = () => attempt(() => formatAsNode(...args)) ?? args.map(alone).join(' ');
  return shorten(args.some(isObject) ? showing(placeOf, print) : print());
}

const isObject = (value: unknown) => Object(value) === value;

const alone = (value: unknown): string =>
  typeof value === 'string' ? value : (attempt(() => inspect(value)) ?? `[${typeof value} that cannot be shown]`);

/** Undefined if looking at a hostile value threw. */
function attempt(text: () => string): string | undefined {
  try {
    return text();
  } catch {
    return undefined;
  }
}

function shorten(text: string): string {
  if (text.length <= longest) return text;
  const kept = text.slice(0, longest).replace(/[\ud800-\udbff]$/, '');
  return `${kept}… ${text.length - kept.length} more characters`;
}

type Show<T> = (this: T, depth: number, options: InspectOptions) => unknown;

/** The library asks a value with this method to show itself. */
const custom = Symbol.for('nodejs.util.inspect.custom');

/** Does `work` while errors and our promises, into which the library cannot look, show themselves. */
function showing(placeOf: PlaceOf, work: () => string): string {
  const hosts: [object, Show<never>][] = [
    [Error.prototype, showError(placeOf)],
    [VirtualPromise.prototype, showPromise],
  ];
  const taught = hosts.filter(
    ([host, value]) =>
      !Object.hasOwn(host, custom) && Reflect.defineProperty(host, custom, { value, configurable: true }),
  );
  try {
    return work();
  } finally {
    for (const [host] of taught) Reflect.deleteProperty(host, custom);
  }
}

/** Shows a likeness of the error whose stack is our own. */
function showError(placeOf: PlaceOf): Show<Error> {
  const likenesses = new WeakSet<object>();
  return function (depth, options) {
    if (likenesses.has(this)) return this;
    const { message } = saying(this);
    // As V8 writes the first line of a stack: when the error is made, an own name is not there yet.
    const { name } = saying(Object.getPrototypeOf(this) as object);
    const at = placeOf(this);
    const head = [name, message].filter((part) => part !== '').join(': ');
    const stack = `${head}\n    at ${at ? `${at.file}:${at.line}:${at.column}` : '<anonymous>'}`;
    const likeness = Object.create(Object.getPrototypeOf(this) as object, {
      ...Object.getOwnPropertyDescriptors(this),
      stack: { value: stack },
    }) as object;
    likenesses.add(likeness);
    return inspect(likeness, { ...options, depth });
  };
}

/** Node's line for a promise: it stays on one line as long as Node would keep it there. */
const showPromise: Show<VirtualPromise<unknown>> = function (depth, options) {
  const name =
    this.constructor.name === 'Promise' || this.constructor === VirtualPromise
      ? 'Promise'
      : `${this.constructor.name} [Promise]`;
  if (depth < 0) return `[${name}]`;
  if (this.state === 'pending') return `${name} { <pending> }`;
  const value = inspect(this.value, { ...options, depth: depth - 1 });
  const shown = this.state === 'rejected' ? `<rejected> ${value}` : value;
  const short = !shown.includes('\n') && shown.length + name.length + '{ '.length + 12 <= 80;
  return short ? `${name} { ${shown} }` : `${name} {\n  ${shown.replaceAll('\n', '\n  ')}\n}`;
};
