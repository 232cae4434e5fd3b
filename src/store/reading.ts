import type { StoredEvent } from '../kernel/stored.ts';
import { eventsOf } from './chunk.ts';
import { beginning, headOf, type Head } from './head.ts';
import { all, type Transaction } from './rows.ts';
import type { Chunk, Quarantined } from './schema.ts';

/** What stands in the tables for a workspace, sound or not. */
export interface Reading {
  readonly events: StoredEvent[];
  readonly head: Head;
  /** Known from an earlier reading. */
  readonly quarantined: Quarantined[];
  /** Not known yet: spans without events, and chunks that are not what they should be. */
  readonly damaged: Quarantined[];
  /** The chunks that are. */
  readonly chunks: readonly Size[];
  /** The position after the last event. */
  readonly end: number;
  /** Nothing is damaged and the head stands at the end. */
  readonly sound: boolean;
}

type Size = Pick<Chunk, 'first' | 'count'>;

/** Chunks read at a time: about 4 MB of text, parsed while the database fetches nothing. */
const page = 64;

/** Reads everything that is kept of the events of a workspace. */
export async function read(tx: Transaction, workspace: string): Promise<Reading> {
  const row = await tx.get('heads', workspace);
  const head = (row && headOf(row)) ?? beginning;
  const quarantined = await tx.list('quarantine', all(workspace));
  const events: StoredEvent[] = [];
  const chunks: Size[] = [];
  const gaps: Size[] = [];
  const unsound: Chunk[] = [];
  let end = 0;
  const skipTo = (position: number) => {
    if (position > end) gaps.push({ first: end, count: position - end });
  };
  for await (const chunk of chunksIn(tx, workspace)) {
    const found = chunk.first >= end && eventsOf(chunk);
    if (!found) {
      unsound.push(chunk);
      continue;
    }
    skipTo(chunk.first);
    events.push(...found);
    chunks.push({ first: chunk.first, count: chunk.count });
    end = chunk.first + chunk.count;
  }
  skipTo(head.position);

  const isIn = (gap: Size, { first }: Size) => first >= gap.first && first < gap.first + gap.count;
  const isKnown = (gap: Size) => quarantined.some(({ first, count }) => first === gap.first && count === gap.count);
  const damaged = [
    ...gaps
      .filter((gap) => !isKnown(gap))
      .map((gap) => ({ workspace, ...gap, chunks: unsound.filter((chunk) => isIn(gap, chunk)) })),
    ...unsound
      .filter((chunk) => !gaps.some((gap) => isIn(gap, chunk)))
      .map((chunk) => ({ workspace, first: chunk.first, count: 0, chunks: [chunk] })),
  ];
  return { events, head, quarantined, damaged, chunks, end, sound: damaged.length === 0 && head.position === end };
}

async function* chunksIn(tx: Transaction, workspace: string): AsyncGenerator<Chunk> {
  let from = 0;
  let chunks: Chunk[];
  do {
    chunks = await tx.list('chunks', { from: [workspace, from], to: [workspace, Infinity] }, page);
    yield* chunks;
    from = (chunks.at(-1)?.first ?? 0) + 1;
  } while (chunks.length === page);
}
