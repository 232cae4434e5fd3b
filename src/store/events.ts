import type { StoredEvent, StoredEvents } from '../kernel/stored.ts';
import { chunkSize, chunksOf, eventsOf, joined, neighbours } from './chunk.ts';
import { beginning, headOf, isSame, type Head } from './head.ts';
import { read } from './reading.ts';
import { Conflict, Refusal } from './refusal.ts';
import { all, type Rows } from './rows.ts';
import type { HeadRow, Quarantined } from './schema.ts';

/** What is kept in a workspace. `quarantined` are the spans that could not be read: they are not among `events`. */
export interface Loaded {
  readonly events: StoredEvents;
  readonly head: Head;
  readonly quarantined: readonly Quarantined[];
}

/** A load packs small chunks when that saves at least so many rows. */
const worthPacking = 64;

/**
 * Keeps the events of each workspace. What they mean (streams, expected revisions) was decided before; the keeper
 * promises that what it acknowledged is there, that nothing is there by half, and that nobody writes after an end
 * that he has not seen. Every method rejects with a `Refusal` where the database refuses.
 */
export class EventKeeper {
  readonly #rows: Rows;

  constructor(rows: Rows) {
    this.#rows = rows;
  }

  /** All events in the order of their positions. What cannot be read is put aside, and reported from then on. */
  async load(workspace: string): Promise<Loaded> {
    const reading = await this.#rows.read(['heads', 'chunks', 'quarantine'], (tx) => read(tx, workspace));
    if (!reading.sound) return this.#putAside(workspace);
    const groups = neighbours(reading.chunks);
    const small = groups.find((group) => group.length > 1);
    if (small && reading.chunks.length - groups.length >= worthPacking) await this.#pack(workspace, small[0]!.first);
    return reading;
  }

  /**
   * Adds events at the end, the first of them at `head.position`, and resolves with the new end when they are on the
   * disk. Rejects with a `Conflict` when the store does not end at `head`, unless these very events are what stands
   * there: then an earlier attempt had succeeded and only its answer was lost.
   */
  async append(workspace: string, head: Head, events: readonly StoredEvent[]): Promise<Head> {
    demandNeighbours(events, head.position);
    if (events.length === 0) return head;
    const chunks = chunksOf(workspace, events);
    const next = { history: head.history || newHistory(), position: head.position + events.length };
    try {
      await this.#rows.write(['heads', 'chunks'], 'strict', async (tx) => {
        // The events are on their way while the head is read; one that the writer has not seen undoes them.
        const row = tx.get('heads', workspace);
        for (const chunk of chunks) tx.put('chunks', chunk);
        tx.put('heads', { workspace, ...next });
        const actual = demandHead(await row);
        if (!isSame(actual, head)) throw new Conflict(head, actual);
      });
      return next;
    } catch (error) {
      if (!(error instanceof Conflict) || !(await this.#holds(workspace, error, events))) throw error;
      return { history: error.actual.history, position: next.position };
    }
  }

  /**
   * Puts `events`, from position 0 on, in the place of all that is kept; none at all clears. Rejects with a `Conflict`
   * when the store does not end at `head`: nobody loses more than what they saw and agreed to lose.
   */
  async replace(workspace: string, head: Head, events: readonly StoredEvent[]): Promise<Head> {
    demandNeighbours(events, 0);
    const chunks = chunksOf(workspace, events);
    const next = { history: newHistory(), position: events.length };
    return this.#rows.write(['heads', 'chunks', 'quarantine'], 'strict', async (tx) => {
      const actual = demandHead(await tx.get('heads', workspace));
      if (!isSame(actual, head)) throw new Conflict(head, actual);
      tx.delete('chunks', all(workspace));
      tx.delete('quarantine', all(workspace));
      for (const chunk of chunks) tx.put('chunks', chunk);
      tx.put('heads', { workspace, ...next });
      return next;
    });
  }

  /** Whether these events stand where a writer who saw `expected` would have put them. */
  async #holds(workspace: string, { expected, actual }: Conflict, events: readonly StoredEvent[]): Promise<boolean> {
    const first = expected.position;
    const last = first + events.length - 1;
    if (actual.position <= last || (expected.history !== '' && expected.history !== actual.history)) return false;
    const span = { from: [workspace, first - chunkSize + 1], to: [workspace, last] } as const;
    const chunks = await this.#rows.read(['chunks'], (tx) => tx.list('chunks', span));
    const there = chunks
      .flatMap((chunk) => eventsOf(chunk) ?? [])
      .filter(({ position }) => position >= first && position <= last);
    return JSON.stringify(there) === JSON.stringify(events);
  }

  /** Moves what cannot be read out of the way, so that the rest is a store that can be written to. */
  #putAside(workspace: string): Promise<Loaded> {
    return this.#rows.write(['heads', 'chunks', 'quarantine'], 'strict', async (tx) => {
      const { events, end, quarantined, damaged } = await read(tx, workspace);
      for (const { chunks } of damaged)
        for (const { first } of chunks) tx.delete('chunks', { from: [workspace, first], to: [workspace, first] });
      for (const span of damaged) tx.put('quarantine', span);
      const head = { history: newHistory(), position: end };
      tx.put('heads', { workspace, ...head });
      return { events, head, quarantined: [...quarantined, ...damaged] };
    });
  }

  /** Joins small chunks, from the one at `first` on. The events and the head stay as they are. */
  #pack(workspace: string, first: number): Promise<void> {
    const tail = { from: [workspace, first], to: [workspace, Infinity] } as const;
    return this.#rows.write(['chunks'], 'strict', async (tx) => {
      const chunks = await tx.list('chunks', tail);
      tx.delete('chunks', tail);
      for (const group of neighbours(chunks)) tx.put('chunks', joined(group));
    });
  }
}

function demandHead(row: HeadRow | undefined): Head {
  const head = row ? headOf(row) : beginning;
  if (!head) throw new Refusal('damaged', 'Where the store ends cannot be read; loading it mends that');
  return head;
}

/** Positions are decided before they are kept: wrong ones are our bug. */
function demandNeighbours(events: readonly StoredEvent[], first: number): void {
  events.forEach(({ position }, i) => {
    if (position !== first + i) throw new RangeError(`An event of position ${position} where ${first + i} comes next`);
  });
}

/** Random: of two tabs that each begin anew, neither may take the other's past for its own. */
function newHistory(): string {
  return crypto.getRandomValues(new Uint32Array(2)).join('-');
}
