import type { StoredEvent } from '../kernel/stored.ts';
import type { Chunk } from './schema.ts';

/** Events a chunk. Four times as many append and replay no faster (measured) and make a small change rewrite more. */
export const chunkSize = 256;

/** Neighbouring events as chunks, each as full as it can be. */
export function chunksOf(workspace: string, events: readonly StoredEvent[]): Chunk[] {
  const chunks: Chunk[] = [];
  for (let i = 0; i < events.length; i += chunkSize) {
    const part = events.slice(i, i + chunkSize);
    chunks.push({ workspace, first: part[0]!.position, count: part.length, events: JSON.stringify(part) });
  }
  return chunks;
}

/** The events of a chunk, or `undefined` where it is not what `chunksOf` made: a row is as untrusted as a file. */
export function eventsOf(chunk: Chunk): StoredEvent[] | undefined {
  let events: unknown;
  try {
    events = JSON.parse(chunk.events);
  } catch {
    return undefined;
  }
  if (!Array.isArray(events) || events.length === 0 || events.length !== chunk.count) return undefined;
  for (let i = 0; i < events.length; i++) if (!isStoredAt(events[i], chunk.first + i)) return undefined;
  return events as StoredEvent[];
}

function isStoredAt(event: unknown, position: number): boolean {
  if (typeof event !== 'object' || event === null) return false;
  const { id, stream, revision, position: at, type, created } = event as Record<string, unknown>;
  return (
    at === position &&
    typeof id === 'string' &&
    typeof stream === 'string' &&
    typeof type === 'string' &&
    typeof created === 'string' &&
    Number.isSafeInteger(revision) &&
    (revision as number) >= 0
  );
}

/** Neighbours that fit into one chunk together, in order. */
export function neighbours<C extends Pick<Chunk, 'first' | 'count'>>(chunks: readonly C[]): C[][] {
  const groups: C[][] = [];
  let room = 0;
  let next = -1;
  for (const chunk of chunks) {
    if (chunk.count <= room && chunk.first === next) groups.at(-1)!.push(chunk);
    else {
      groups.push([chunk]);
      room = chunkSize;
    }
    room -= chunk.count;
    next = chunk.first + chunk.count;
  }
  return groups;
}

/** One chunk with the events of all; the texts are joined as they are. */
export function joined(chunks: readonly Chunk[]): Chunk {
  return {
    ...chunks[0]!,
    count: chunks.reduce((sum, { count }) => sum + count, 0),
    events: `[${chunks.map(({ events }) => events.slice(1, -1)).join(',')}]`,
  };
}
