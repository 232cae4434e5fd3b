import type { StoreState } from '../brokers/eventstore/state.ts';
import type { StoredEvent } from '../kernel/stored.ts';

/** A stream as a line of a list. */
export interface StreamView {
  readonly name: string;
  /** What stands before the first `-`: `account` of `account-A`. The whole name where there is none. */
  readonly category: string;
  /** A stream of the store itself: its name begins with `$`. */
  readonly system: boolean;
  readonly events: readonly StoredEvent[];
  /** How many of the events this run has appended. */
  readonly appended: number;
  /** The last revision; `undefined` after a tombstone. */
  readonly last: number | undefined;
  /** `deleted`: empty until somebody appends again; `ended`: for ever. */
  readonly end?: 'deleted' | 'ended';
}

/** All streams in the order in which they began. `before` is the position from which on events belong to this run. */
export function streamsOf({ streams }: StoreState, before: number): StreamView[] {
  return [...streams].map(([name, events]) => {
    const last = events.at(-1)!;
    const truncated = (streams.get(`$$${name}`)?.at(-1)?.data as { readonly $tb?: unknown } | null | undefined)?.$tb;
    const end =
      last.type === '$streamDeleted' ? 'ended' : truncated === Number.MAX_SAFE_INTEGER ? 'deleted' : undefined;
    return {
      name,
      category: name.split('-', 1)[0]!,
      system: name.startsWith('$'),
      events: [...events],
      appended: events.filter(({ position }) => position >= before).length,
      last: end === 'ended' ? undefined : last.revision,
      ...(end && { end }),
    };
  });
}

/** A state that somebody kept of a stream: what follows it is all that must be folded. */
export interface SnapshotView {
  readonly revision: number;
  readonly state: unknown;
}

/** The latest snapshot of a stream that holds nothing after `revision`. */
export function snapshotAt({ streams }: StoreState, stream: string, revision: number): SnapshotView | undefined {
  const kept = streams.get(`$snapshot-${stream}`) ?? [];
  return (
    kept
      .map(({ data }) => data as SnapshotView | null)
      .findLast((snapshot) => snapshot !== null && snapshot.revision <= revision) ?? undefined
  );
}
