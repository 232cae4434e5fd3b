import type { StoredEvents } from '../../kernel/stored.ts';
import { beginning as start } from '../../store/head.ts';
import { events, runs, workspaces } from '../../store/store.ts';
import type { Files } from '../../store/workspaces.ts';
import { Persisted } from '../persisted.svelte.ts';

/** A free workspace. Its name is the learner's; the first one has none before it is given one. */
export interface Place {
  readonly id: string;
  readonly name: string | undefined;
}

/** The one that is there from the beginning. */
const first = 'sandbox';

/** The free workspaces of the learner. One of them is open, and is again after a reload. */
export class Shelf {
  readonly #chosen = new Persisted('workspace');
  #places = $state.raw<readonly Place[]>([]);
  /** Grows when what is in the open workspace was replaced from outside: it is then to be opened anew. */
  #edition = $state(0);

  static async open(): Promise<Shelf> {
    const shelf = new Shelf();
    await shelf.#list();
    return shelf;
  }

  get places(): readonly Place[] {
    return this.#places;
  }

  /** The open workspace. */
  get current(): Place {
    return this.#places.find(({ id }) => id === this.#chosen.current) ?? this.#places[0]!;
  }

  get edition(): number {
    return this.#edition;
  }

  choose(id: string): void {
    this.#chosen.current = id;
  }

  /** Opens a new workspace with these files and events. */
  async create(name: string, files: Files, stored: StoredEvents = []): Promise<void> {
    const id = `${first}-${crypto.getRandomValues(new Uint32Array(2)).join('-')}`;
    await workspaces.save(id, files);
    await workspaces.rename(id, name);
    if (stored.length > 0) await events.replace(id, start, stored);
    await this.#list();
    this.choose(id);
  }

  /** `files` are those of the workspace: one that was never saved is saved with its name. */
  async rename(id: string, name: string, files: Files): Promise<void> {
    await workspaces.save(id, files);
    await workspaces.rename(id, name);
    await this.#list();
  }

  /** Removes the open workspace with all that is in it and opens another. */
  async remove(): Promise<void> {
    const { id } = this.current;
    await workspaces.remove(id);
    await this.#list();
    this.choose(this.current.id);
    this.#edition++;
  }

  /** The events of the open workspace were replaced: no run belongs to them yet. */
  async turnOver(): Promise<void> {
    await runs.forget(this.current.id);
    this.#edition++;
  }

  async #list(): Promise<void> {
    const rows = await workspaces.list();
    const places = rows
      .filter(({ id }) => id === first || id.startsWith(`${first}-`))
      .map(({ id, name }): Place => ({ id, name: name === id ? undefined : name }));
    this.#places = places.length > 0 ? places : [{ id: first, name: undefined }];
  }
}
