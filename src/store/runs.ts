import type { Entry } from '../kernel/journal.ts';
import type { Run } from '../kernel/run.ts';
import { all, type Rows } from './rows.ts';

/** A run with what was written down of it: all of its journal, or the beginning of it. */
export interface KeptRun {
  readonly run: Run;
  readonly entries: Entry[];
}

/**
 * Keeps the last run of each workspace, so that the tape is there after a reload. A run can be had again from its
 * recipe, so its journal may lose the last second to a power cut; what it has is gapless from seq 0.
 */
export class Runs {
  readonly #rows: Rows;

  constructor(rows: Rows) {
    this.#rows = rows;
  }

  /** Forgets the run before and resolves with the generation by which `extend` knows this one. */
  begin(workspace: string, run: Run): Promise<number> {
    return this.#rows.write(['runs', 'journals'], 'relaxed', async (tx) => {
      const generation = ((await tx.get('runs', workspace))?.generation ?? 0) + 1;
      tx.delete('journals', all(workspace));
      tx.put('runs', { workspace, generation, run: JSON.stringify(run) });
      return generation;
    });
  }

  /** Writes the recipe anew: something was done to the run meanwhile. Nothing when another tab has begun a run here since. */
  async revise(workspace: string, generation: number, run: Run): Promise<void> {
    await this.#rows.write(['runs'], 'relaxed', async (tx) => {
      if ((await tx.get('runs', workspace))?.generation !== generation) return;
      tx.put('runs', { workspace, generation, run: JSON.stringify(run) });
    });
  }

  /** From now on there was no run; whoever still writes one down is told that it is another's place. */
  async forget(workspace: string): Promise<void> {
    await this.#rows.write(['runs', 'journals'], 'relaxed', async (tx) => {
      const generation = ((await tx.get('runs', workspace))?.generation ?? 0) + 1;
      tx.delete('journals', all(workspace));
      tx.put('runs', { workspace, generation, run: 'null' });
    });
  }

  /** Adds the next entries, in the batches in which they come. False when another tab has begun a run here since. */
  async extend(workspace: string, generation: number, entries: readonly Entry[]): Promise<boolean> {
    const first = entries[0]?.seq;
    if (first === undefined) return true;
    return this.#rows.write(['runs', 'journals'], 'relaxed', async (tx) => {
      if ((await tx.get('runs', workspace))?.generation !== generation) return false;
      tx.put('journals', { workspace, first, entries: JSON.stringify(entries) });
      return true;
    });
  }

  /** The last run; `undefined` where there was none or its recipe cannot be read. */
  async load(workspace: string): Promise<KeptRun | undefined> {
    const [row, chunks] = await this.#rows.read(['runs', 'journals'], async (tx) => [
      await tx.get('runs', workspace),
      await tx.list('journals', all(workspace)),
    ]);
    const run = row && (parsed(row.run) as Run | undefined);
    if (!run) return undefined;
    const entries: Entry[] = [];
    for (const chunk of chunks) {
      const next = parsed(chunk.entries) as Entry[] | undefined;
      if (chunk.first !== entries.length || !next) break;
      for (const entry of next) entries.push(entry);
    }
    return { run, entries };
  }
}

/** What a damaged text says is nothing. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
