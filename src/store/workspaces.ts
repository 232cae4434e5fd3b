import { all, type Rows } from './rows.ts';
import type { WorkspaceRow } from './schema.ts';

/** The learner's program: texts by file name. */
export type Files = Readonly<Record<string, string>>;

export type WorkspaceName = Pick<WorkspaceRow, 'id' | 'name' | 'revision'>;

/** `overwritten` is what another tab had saved since this one last saw the workspace. It is nowhere else any more. */
export interface Saved {
  readonly revision: number;
  readonly overwritten?: Files;
}

/** Keeps what the learner wrote, by workspace: one for each lesson and as many free ones as they like. */
export class Workspaces {
  readonly #rows: Rows;
  /** The revision of each workspace that this tab has loaded or saved last. */
  readonly #seen = new Map<string, number>();

  constructor(rows: Rows) {
    this.#rows = rows;
  }

  /** The files as they were saved last, or `undefined` where none were. */
  async load(id: string): Promise<Files | undefined> {
    const row = await this.#rows.read(['workspaces'], (tx) => tx.get('workspaces', id));
    if (!row) return undefined;
    this.#seen.set(id, row.revision);
    return row.files;
  }

  /** The last writer wins, and is handed what another tab had written meanwhile: nothing is lost in silence. */
  async save(id: string, files: Files): Promise<Saved> {
    const saved = await this.#rows.write(['workspaces'], 'strict', async (tx): Promise<Saved> => {
      const row = await tx.get('workspaces', id);
      const revision = (row?.revision ?? 0) + 1;
      tx.put('workspaces', { id, name: row?.name ?? id, files, revision });
      if (!row || row.revision === this.#seen.get(id) || isSame(row.files, files)) return { revision };
      return { revision, overwritten: row.files };
    });
    this.#seen.set(id, saved.revision);
    return saved;
  }

  /** All workspaces, in the order of their ids. */
  async list(): Promise<WorkspaceName[]> {
    const rows = await this.#rows.read(['workspaces'], (tx) => tx.list('workspaces'));
    return rows.map(({ id, name, revision }) => ({ id, name, revision }));
  }

  /** Gives a saved workspace another name; without one there is nothing to name. */
  async rename(id: string, name: string): Promise<void> {
    await this.#rows.write(['workspaces'], 'strict', async (tx) => {
      const row = await tx.get('workspaces', id);
      if (row) tx.put('workspaces', { ...row, name });
    });
  }

  /** Removes a workspace with all that is kept in it: files, events, the last run. */
  async remove(id: string): Promise<void> {
    const itself = { from: id, to: id };
    await this.#rows.write(
      ['workspaces', 'heads', 'chunks', 'quarantine', 'runs', 'journals'],
      'strict',
      // eslint-disable-next-line @typescript-eslint/require-await -- all or nothing, and nothing to wait for
      async (tx) => {
        for (const table of ['workspaces', 'heads', 'runs'] as const) tx.delete(table, itself);
        for (const table of ['chunks', 'quarantine', 'journals'] as const) tx.delete(table, all(id));
      },
    );
    this.#seen.delete(id);
  }
}

function isSame(a: Files, b: Files): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]);
}
