import type { StoredEvent } from '../../kernel/stored.ts';
import type { StoreState } from './state.ts';

/**
 * What a stream is told about itself, in the system's own words; other members are the learner's. `$maxCount` keeps the
 * last so many events, `$maxAge` those not older than so many seconds, `$tb` (truncate before) those from a revision on.
 */
export interface StreamMetadata {
  readonly $maxCount?: number;
  readonly $maxAge?: number;
  readonly $tb?: number;
  readonly [name: string]: unknown;
}

/** Stands for the largest revision, 2⁶³ − 1 in the real system: `$tb` of a soft-deleted stream, revision of a tombstone. */
export const lastRevision = Number.MAX_SAFE_INTEGER;

const prefix = '$$';

/** The stream in which the metadata of a stream is kept. */
export const metadataStreamOf = (stream: string): string => prefix + stream;

/** The stream itself, for its metadata stream too. */
export const subjectOf = (stream: string): string => (stream.startsWith(prefix) ? stream.slice(prefix.length) : stream);

/** The metadata that is in force; a metadata stream has none of its own and keeps its last event only. */
export function metadataOf(state: StoreState, stream: string): StreamMetadata {
  if (stream.startsWith(prefix)) return { $maxCount: 1 };
  const data = state.streams.get(metadataStreamOf(stream))?.at(-1)?.data;
  return data !== null && typeof data === 'object' ? (data as StreamMetadata) : {};
}

/** A tombstone ends a stream and its metadata for ever. */
export const isTombstoned = (state: StoreState, stream: string): boolean =>
  state.streams.get(subjectOf(stream))?.at(-1)?.revision === lastRevision;

/** Deleted so that it can be written to again: its revisions go on, what was there stays hidden. */
export const isSoftDeleted = (state: StoreState, stream: string): boolean =>
  metadataOf(state, stream).$tb === lastRevision;

/**
 * The events of a stream that a reader may see. `time` is that of the reader as ISO 8601: texts of that form stand in
 * the order of the times they name, so ages need no arithmetic; `since` gives the time so many seconds ago.
 */
export function readable(
  state: StoreState,
  stream: string,
  since: (seconds: number) => string,
): readonly StoredEvent[] {
  const events = state.streams.get(stream) ?? [];
  const { $maxCount, $maxAge, $tb } = metadataOf(state, stream);
  let seen: readonly StoredEvent[] = events;
  if ($tb !== undefined) seen = seen.slice(firstFrom(seen, 'revision', $tb));
  if ($maxCount !== undefined) seen = seen.slice(-$maxCount);
  if ($maxAge !== undefined) {
    const oldest = since($maxAge);
    seen = seen.filter(({ created }) => created >= oldest);
  }
  return seen;
}

/** The index of the first event at or after this place; events stand in order, so a binary search finds it. */
export function firstFrom(events: readonly StoredEvent[], place: 'revision' | 'position', from: number): number {
  let low = 0;
  let high = events.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (events[middle]![place] < from) low = middle + 1;
    else high = middle;
  }
  return low;
}
