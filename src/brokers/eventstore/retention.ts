import type { StoredEvent } from '../../kernel/stored.ts';
import { firstFrom } from './reading.ts';
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

/** The stream that a stream of metadata is about; any other stream itself. */
export const subjectOf = (stream: string): string => (stream.startsWith(prefix) ? stream.slice(prefix.length) : stream);

/** The metadata that is in force. A stream of metadata has none of its own: its last event counts. */
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
 * The events of a stream that its metadata lets a reader see; a limit that makes no sense is none. `since` says when so
 * many seconds ago was, as `created` says it: texts of that form stand in the order of the times they name.
 */
export function readable(
  state: StoreState,
  stream: string,
  since: (seconds: number) => string,
): readonly StoredEvent[] {
  const { $maxCount = 0, $maxAge = 0, $tb = 0 } = metadataOf(state, stream);
  let seen: readonly StoredEvent[] = state.streams.get(stream) ?? [];
  if ($tb > 0) seen = seen.slice(firstFrom(seen, 'revision', $tb));
  if ($maxCount > 0) seen = seen.slice(-$maxCount);
  if ($maxAge > 0) {
    const oldest = since($maxAge);
    seen = seen.filter(({ created }) => created >= oldest);
  }
  return seen;
}
