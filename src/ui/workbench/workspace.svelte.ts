import { workspaces } from '../../store/store.ts';
import type { Files } from '../../store/workspaces.ts';

/** How long after the last keystroke the files are saved, real ms. */
const pause = 300;

/** The files in front of the learner: those that are theirs, kept in the browser, and those that are only to be read. */
export class Workspace {
  readonly id: string;
  readonly given: Files;
  #files = $state.raw<Files>({});
  #before = $state.raw<Files | undefined>();
  #active = $state('');
  #overwrote = $state(false);
  #saved = $state(true);
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(id: string, files: Files, given: Files) {
    this.id = id;
    this.given = given;
    this.#files = files;
    this.#active = Object.keys(files)[0] ?? '';
  }

  /** The workspace `id` as it was left, or with the files of `start`. */
  static async open(id: string, start: Files, given: Files): Promise<Workspace> {
    return new Workspace(id, (await workspaces.load(id)) ?? start, given);
  }

  get files(): Files {
    return this.#files;
  }

  /** The whole program, given files included. */
  get program(): Files {
    return { ...this.#files, ...this.given };
  }

  get active(): string {
    return this.#active in this.#files || this.#active in this.given
      ? this.#active
      : (Object.keys(this.#files)[0] ?? Object.keys(this.given)[0] ?? '');
  }

  set active(name: string) {
    this.#active = name;
  }

  /** There is something that `undo` would bring back. */
  get undoable(): boolean {
    return this.#before !== undefined;
  }

  /** Another tab had saved other files, which `undo` brings back. */
  get overwrote(): boolean {
    return this.#overwrote;
  }

  /** All that is here is also in the browser's store, as far as that keeps anything. */
  get saved(): boolean {
    return this.#saved;
  }

  edit(name: string, text: string): void {
    if (this.#files[name] === text || !(name in this.#files)) return;
    this.#files = { ...this.#files, [name]: text };
    this.#keep();
  }

  /** Whether a file could have this name: a service, lower-case words joined by hyphens, or the scenario. */
  free(name: string): boolean {
    return /^(lib\/)?[a-z][a-z0-9]*(-[a-z0-9]+)*\.(ts|js)$/.test(name) && !(name in this.program);
  }

  add(name: string): void {
    this.replace({ ...this.#files, [name]: '' });
    this.#before = undefined;
    this.#active = name;
  }

  rename(name: string, to: string): void {
    this.replace(Object.fromEntries(Object.entries(this.#files).map(([key, text]) => [key === name ? to : key, text])));
    this.#before = undefined;
    this.#active = to;
  }

  remove(name: string): void {
    const { [name]: _, ...rest } = this.#files;
    this.replace(rest);
  }

  /** Puts other files in place of these, which `undo` brings back. */
  replace(files: Files): void {
    this.#before = this.#files;
    this.#files = files;
    this.#keep();
    this.flush();
  }

  undo(): void {
    if (this.#before) this.replace(this.#before);
    this.#before = undefined;
    this.#overwrote = false;
  }

  #keep(): void {
    this.#saved = false;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.flush(), pause);
  }

  /** Saves what is not saved yet. To be called before the page goes away. */
  flush(): void {
    if (this.#timer === undefined) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const files = this.#files;
    void workspaces.save(this.id, files).then(
      ({ overwritten }) => {
        this.#saved = files === this.#files;
        if (!overwritten) return;
        this.#before = overwritten;
        this.#overwrote = true;
      },
      // Nothing could be kept; `keeping$` says so on the screen, and the files are still here.
      () => undefined,
    );
  }
}
