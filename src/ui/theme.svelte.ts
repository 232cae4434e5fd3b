import { MediaQuery } from 'svelte/reactivity';
import { Persisted } from './persisted.svelte.ts';

/** Light or dark: what was chosen, else what the system has. */
class Theme {
  readonly #chosen = new Persisted('theme');
  readonly #dark = new MediaQuery('prefers-color-scheme: dark', true);
  #current = $derived<'light' | 'dark'>(
    this.#chosen.current === 'light' || this.#chosen.current === 'dark'
      ? this.#chosen.current
      : this.#dark.current
        ? 'dark'
        : 'light',
  );

  get current(): 'light' | 'dark' {
    return this.#current;
  }

  toggle(): void {
    this.#chosen.current = this.#current === 'dark' ? 'light' : 'dark';
  }
}

export const theme = new Theme();
