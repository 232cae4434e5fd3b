import type { Rows } from './rows.ts';

/** How far the learner is with a lesson. `prediction` is what they said would happen, before they first ran it. */
export interface Progress {
  readonly passed: boolean;
  readonly prediction?: string;
}

/** Keeps the progress by lesson. */
export class ProgressKeeper {
  readonly #rows: Rows;

  constructor(rows: Rows) {
    this.#rows = rows;
  }

  async load(): Promise<Record<string, Progress>> {
    const rows = await this.#rows.read(['progress'], (tx) => tx.list('progress'));
    return Object.fromEntries(rows.map(({ lesson, ...progress }) => [lesson, progress]));
  }

  /** What another tab has saved is only added to: a lesson once passed stays passed, a prediction stays the first. */
  async save(lesson: string, progress: Progress): Promise<void> {
    await this.#rows.write(['progress'], 'strict', async (tx) => {
      const before = await tx.get('progress', lesson);
      tx.put('progress', { ...progress, ...before, lesson, passed: progress.passed || before?.passed === true });
    });
  }
}
