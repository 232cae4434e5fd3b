import type { StoredEvent } from '../../kernel/stored.ts';

export interface ReadOptions {
  /** The first event to read, this one included: a revision in a stream, a position in the whole store. */
  readonly from?: number | 'start' | 'end';
  readonly direction?: 'forwards' | 'backwards';
  readonly limit?: number;
}

/** In which of its two orders an event is looked for: that of its stream or that of the whole store. */
export type Place = 'revision' | 'position';

/** The part of `events` (in the order of `place`) that was asked for, in the direction that was asked for. */
export function part(events: readonly StoredEvent[], place: Place, options: ReadOptions): readonly StoredEvent[] {
  const { direction = 'forwards', limit = Infinity } = options;
  if (!(limit >= 0)) throw new RangeError(`limit must be a number of events, not ${limit}`);
  const from = options.from ?? (direction === 'forwards' ? 'start' : 'end');
  if (direction === 'forwards') {
    const start = from === 'start' ? 0 : from === 'end' ? events.length : firstFrom(events, place, from);
    return events.slice(start, start + limit);
  }
  const end = from === 'end' ? events.length : from === 'start' ? 1 : firstFrom(events, place, from + 1);
  return events.slice(Math.max(0, end - limit), end).reverse();
}

/** The index of the first event at or after `from`; events stand in order, so a binary search finds it. */
export function firstFrom(events: readonly StoredEvent[], place: Place, from: number): number {
  let low = 0;
  let high = events.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (events[middle]![place] < from) low = middle + 1;
    else high = middle;
  }
  return low;
}
