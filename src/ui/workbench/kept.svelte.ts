import type { StoredEvents } from '../../kernel/stored.ts';
import type { Keeper } from '../../sandbox/sandbox.ts';
import { beginning, type Head } from '../../store/head.ts';
import { Refusal, type RefusalCause } from '../../store/refusal.ts';
import { events } from '../../store/store.ts';

/** The learner's events as the browser keeps them for one workspace: what a run starts from and adds to. */
export class Kept {
  readonly #workspace: string;
  #head = $state.raw<Head>(beginning);
  #unreadable = $state(0);
  #refused = $state<RefusalCause | undefined>();

  /** Nothing is known of before the first `load`. */
  constructor(workspace: string) {
    this.#workspace = workspace;
  }

  static async open(workspace: string): Promise<Kept> {
    const kept = new Kept(workspace);
    await kept.load();
    return kept;
  }

  /** How many events are kept. */
  get count(): number {
    return this.#head.position;
  }

  /** How many more were put aside because they could not be read. */
  get unreadable(): number {
    return this.#unreadable;
  }

  /** Why the store has last refused to do what it was asked to, if it has. */
  get refused(): RefusalCause | undefined {
    return this.#refused;
  }

  /** What is kept now, another tab may have added to it; nothing where it cannot be read, and then `refused` says why. */
  async load(): Promise<StoredEvents> {
    const loaded = await this.#honestly(() => events.load(this.#workspace));
    if (!loaded) return [];
    this.#head = loaded.head;
    this.#unreadable = loaded.quarantined.reduce((sum, { count }) => sum + count, 0);
    return loaded.events;
  }

  /** Puts `stored` in the place of what was there at the last `load`. False when the store refuses: nothing has changed then. */
  async replace(stored: StoredEvents): Promise<boolean> {
    const head = await this.#honestly(() => events.replace(this.#workspace, this.#head, stored));
    if (!head) return false;
    this.#head = head;
    this.#unreadable = 0;
    return true;
  }

  /** Adds what a run has decided; says why when the store refuses. */
  readonly keep: Keeper = async (batch) => {
    const head = await this.#honestly(() => events.append(this.#workspace, this.#head, batch));
    if (!head) return this.#refused;
    this.#head = head;
    return undefined;
  };

  async #honestly<T>(work: () => Promise<T>): Promise<T | undefined> {
    try {
      const result = await work();
      this.#refused = undefined;
      return result;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.#refused = error.because;
      return undefined;
    }
  }
}
