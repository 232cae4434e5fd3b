import type { Message } from '../kernel/verdict.ts';
import type { Finding } from './rules.ts';

export { History, type Call, type EntryOf, type Stored } from './history.ts';
export { rules, type Finding, type Rule } from './rules.ts';

/*
 * The words of which rules are made. Each takes readings of a history and gives back the items that should not be
 * there, oldest first; `none` turns them into a finding. Two items belong together when their keys are equal; an item
 * whose key is `undefined` belongs to no other.
 */

interface Item {
  readonly seq: number;
}

/** What makes two items the same thing: an order's id, a letter's address. */
export type Key<T> = (item: T) => unknown;

/** The key that is a field of an item's data, as in `field('orderId')`. */
export function field(name: string): Key<{ readonly data: unknown }> {
  return ({ data }) => (data as Readonly<Record<string, unknown>> | null | undefined)?.[name];
}

/** Holds when there is no offender; else tells of the first one, with all of them as evidence. */
export function none<T extends Item>(offenders: readonly T[], because: (first: T) => Message): Finding | undefined {
  const [first] = offenders;
  return first && { because: because(first), evidence: offenders.map(({ seq }) => seq) };
}

/** Items whose key was there before: what happened more than once (exactly once). */
export function repeated<T extends Item>(items: readonly T[], key: Key<T>): T[] {
  return beyond(items, key, 1);
}

/** Items beyond the first `limit` of their key: what was tried too often (bounded). */
export function beyond<T extends Item>(items: readonly T[], key: Key<T>, limit: number): T[] {
  const counts = new Map<unknown, number>();
  return items.filter((item) => {
    const its = key(item);
    const count = (counts.get(its) ?? 0) + 1;
    if (its !== undefined) counts.set(its, count);
    return count > limit;
  });
}

/** Wanted items of which nothing came (no loss). */
export function unmet<T extends Item, U>(wanted: readonly T[], key: Key<T>, came: readonly U[], its: Key<U>): T[] {
  const keys = new Set(came.map(its));
  keys.delete(undefined);
  return wanted.filter((item) => !keys.has(key(item)));
}

/** Items that no ground of the same key had come before: said, but not yet true (no phantom). */
export function unfounded<T extends Item, U extends Item>(
  items: readonly T[],
  key: Key<T>,
  grounds: readonly U[],
  its: Key<U>,
): T[] {
  const since = new Map<unknown, number>();
  for (const ground of grounds) if (!since.has(its(ground))) since.set(its(ground), ground.seq);
  since.delete(undefined);
  return items.filter((item) => (since.get(key(item)) ?? Infinity) > item.seq);
}
