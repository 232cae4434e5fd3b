import type { Progress } from '../store/progress.ts';

/** How far the learner is with each lesson. Read from the browser's store once, after the first paint. */
class Lessons {
  #current = $state.raw<Readonly<Record<string, Progress>>>({});
  readonly #store = () => import('../store/store.ts');

  constructor() {
    void this.#store().then(async ({ progress }) => {
      this.#current = { ...(await progress.load()), ...this.#current };
    });
  }

  get current(): Readonly<Record<string, Progress>> {
    return this.#current;
  }

  /** A prediction stays the first; a pass stays a pass. */
  async save(lesson: string, progress: Progress): Promise<void> {
    const before = this.#current[lesson];
    const after = { ...progress, ...before, passed: progress.passed || before?.passed === true };
    this.#current = { ...this.#current, [lesson]: after };
    const { progress: keeper, persist } = await this.#store();
    await keeper.save(lesson, after);
    if (progress.passed) await persist();
  }
}

export const progress = new Lessons();
