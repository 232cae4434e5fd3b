import type { WorldEntry } from '../brokers/facts.ts';
import { tables, type Row, type Tables, type TablesFact } from '../brokers/tables/state.ts';
import type { Entry } from '../kernel/journal.ts';
import { project } from '../kernel/projection.ts';

/** Something that happened so many times in one run and so many in the other. */
export interface Tally {
  readonly what: string;
  readonly one: number;
  readonly other: number;
}

/** A row of a read model that is not the same in both runs, as JSON; absent where there is none. */
export interface RowDifference {
  readonly what: string;
  readonly one?: string;
  readonly other?: string;
}

/** In what two runs came out differently. What is the same in both is left out. */
export interface Difference {
  /** The place of the first entry that is not the same; undefined where the journals are. */
  readonly first: number | undefined;
  readonly events: readonly Tally[];
  readonly effects: readonly Tally[];
  readonly readModels: readonly RowDifference[];
}

/** Compares what two runs have published and handled, done to the world, and left in their read models. */
export function difference(one: readonly WorldEntry[], other: readonly WorldEntry[]): Difference {
  return {
    first: firstDifference(one, other),
    events: tallies(count(one, eventsOf), count(other, eventsOf)),
    effects: tallies(count(one, effectsOf), count(other, effectsOf)),
    readModels: rows(readModelsOf(one), readModelsOf(other)),
  };
}

function firstDifference(one: readonly WorldEntry[], other: readonly WorldEntry[]): number | undefined {
  const length = Math.max(one.length, other.length);
  for (let seq = 0; seq < length; seq++) if (JSON.stringify(one[seq]) !== JSON.stringify(other[seq])) return seq;
  return undefined;
}

type Counts = ReadonlyMap<string, number>;

/** How often each thing that `name` finds in an entry happened, in the order in which they first did. */
function count(
  entries: readonly WorldEntry[],
  name: (entry: WorldEntry, types: Map<string, string>) => string | undefined,
): Counts {
  const counts = new Map<string, number>();
  const types = new Map<string, string>();
  for (const entry of entries) {
    const what = name(entry, types);
    if (what !== undefined) counts.set(what, (counts.get(what) ?? 0) + 1);
  }
  return counts;
}

/** An event that was published, or one that a subscription has handled, failed at or lost. */
function eventsOf(entry: WorldEntry, types: Map<string, string>): string | undefined {
  switch (entry.type) {
    case 'bus.published':
      types.set(entry.id, entry.event);
      return `${entry.event} ${JSON.stringify(entry.data)}`;
    case 'bus.handled':
      return `${types.get(entry.id)} → ${entry.subscription}${entry.error ? ` ✗ ${entry.error.name}` : ''}`;
    case 'bus.settled':
      return entry.outcome === 'lost' ? `${types.get(entry.id)} → ${entry.subscription} ∅` : undefined;
    default:
      return undefined;
  }
}

const effectsOf = (entry: WorldEntry): string | undefined =>
  entry.type === 'world.effected' ? `${entry.kind} ${entry.key} ${JSON.stringify(entry.data)}` : undefined;

function tallies(one: Counts, other: Counts): Tally[] {
  return [...new Set([...one.keys(), ...other.keys()])]
    .map((what) => ({ what, one: one.get(what) ?? 0, other: other.get(what) ?? 0 }))
    .filter((tally) => tally.one !== tally.other);
}

const readModelsOf = (entries: readonly WorldEntry[]): Tables =>
  project(tables, entries as readonly Entry<TablesFact>[]).readModels;

function rows(one: Tables, other: Tables): RowDifference[] {
  const json = (row: Row | undefined) => (row === undefined ? undefined : JSON.stringify(row));
  const found: RowDifference[] = [];
  for (const table of new Set([...one.keys(), ...other.keys()])) {
    const [left, right] = [one.get(table), other.get(table)];
    for (const key of new Set([...(left?.keys() ?? []), ...(right?.keys() ?? [])])) {
      const [before, after] = [json(left?.get(key)), json(right?.get(key))];
      if (before === after) continue;
      found.push({
        what: `${table} ${key}`,
        ...(before !== undefined && { one: before }),
        ...(after !== undefined && { other: after }),
      });
    }
  }
  return found;
}
