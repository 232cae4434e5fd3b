import { firstFrom } from './reading.ts';
import { isSoftDeleted, isTombstoned, metadataStreamOf } from './retention.ts';
import { recentRevision, type ExpectedRevision, type StoreState } from './state.ts';

/**
 * What becomes of an append. `write`: as revisions from `first` on, and the stream comes back to life where it was soft
 * deleted. `repeat`: all of it is there already, up to `revision` (-1 for nothing at all). `wrong`: the stream is not
 * what the writer expected, its last revision is `actual` (-1 where there is none). `deleted`: nothing can be written to it any more.
 */
export type Decision =
  | { readonly outcome: 'write'; readonly first: number; readonly revive: boolean }
  | { readonly outcome: 'repeat'; readonly revision: number }
  | { readonly outcome: 'wrong'; readonly actual: number }
  | { readonly outcome: 'deleted' };

/**
 * Decides on events with these ids, as KurrentDB does (`IndexWriter.CheckCommit`): with an exact revision a repeated
 * append is recognised for ever, without one only among recent events; half a repetition is refused; whoever expects
 * exactly the end of the stream is always right.
 */
export function decide(
  state: StoreState,
  stream: string,
  expected: ExpectedRevision,
  ids: readonly string[],
): Decision {
  if (isTombstoned(state, stream)) return { outcome: 'deleted' };
  const events = state.streams.get(stream) ?? [];
  const end = events.at(-1)?.revision ?? -1;
  const wrong: Decision = { outcome: 'wrong', actual: end };
  const revive = isSoftDeleted(state, stream);
  const write: Decision = { outcome: 'write', first: end + 1, revive };

  if (expected === 'any' || expected === 'stream_exists') {
    if (expected === 'stream_exists' && (revive || !(end >= 0 || state.streams.has(metadataStreamOf(stream)))))
      return wrong;
    const found = ids.map((id) => recentRevision(state, stream, id));
    if (found[0] === undefined) return write;
    return found.includes(undefined) ? wrong : { outcome: 'repeat', revision: found.at(-1)! };
  }
  const after = expected === 'no_stream' ? -1 : expected;
  if (after > end) return wrong;
  if (after === end) return write;
  const start = firstFrom(events, 'revision', after + 1);
  if (ids.length === 0) return wrong;
  if (ids.every((id, at) => events[start + at]?.id === id)) return { outcome: 'repeat', revision: after + ids.length };
  return expected === 'no_stream' && revive && events[start]?.id !== ids[0] ? write : wrong;
}
