import type { StoredEvents } from '../../kernel/stored.ts';
import type { Keeper } from '../../sandbox/sandbox.ts';
import { beginning, type Head } from '../../store/head.ts';
import { Conflict, Refusal } from '../../store/refusal.ts';
import { events } from '../../store/store.ts';

/** The learner's events as the browser keeps them for one workspace: what a run starts from and adds to. */
export class Kept {
  readonly #workspace: string;
  #events: StoredEvents;
  #head: Head;

  constructor(workspace: string, stored: StoredEvents = [], head = beginning) {
    this.#workspace = workspace;
    this.#events = stored;
    this.#head = head;
  }

  /** What is kept; nothing where it cannot be read, of which `keeping$` tells the learner. */
  static async open(workspace: string): Promise<Kept> {
    const kept = new Kept(workspace);
    try {
      await kept.#load();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
    return kept;
  }

  get events(): StoredEvents {
    return this.#events;
  }

  async #load(): Promise<void> {
    ({ events: this.#events, head: this.#head } = await events.load(this.#workspace));
  }

  /** Puts `stored` in the place of all that is kept; what another tab has added meanwhile goes with it. */
  async restart(stored: StoredEvents): Promise<void> {
    const replace = async () => {
      this.#head = await events.replace(this.#workspace, this.#head, stored);
      this.#events = stored;
    };
    try {
      await replace();
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
      await this.#load();
      await replace();
    }
  }

  /** Adds what a run has decided; says why when the browser's store refuses. */
  readonly keep: Keeper = async (batch) => {
    try {
      this.#head = await events.append(this.#workspace, this.#head, batch);
      this.#events = [...this.#events, ...batch];
      return undefined;
    } catch (error) {
      if (error instanceof Refusal) return error.message;
      throw error;
    }
  };
}
