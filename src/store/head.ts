import type { HeadRow } from './schema.ts';

/**
 * Where a store ends, as a writer has seen it: `position` is that of the next event. `history` tells pasts of the same
 * length apart; it is empty only before the first event.
 */
export interface Head {
  readonly history: string;
  readonly position: number;
}

/** The head of a store in which nothing was ever kept. */
export const beginning: Head = { history: '', position: 0 };

/** The head that a row says, or `undefined` where the row is damaged. */
export function headOf({ history, position }: HeadRow): Head | undefined {
  if (typeof history !== 'string' || !Number.isSafeInteger(position) || position < 0) return undefined;
  return { history, position };
}

export function isSame(a: Head, b: Head): boolean {
  return a.history === b.history && a.position === b.position;
}
