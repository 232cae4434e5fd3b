import type { WorldFact } from '../brokers/facts.ts';
import type { Message } from '../kernel/verdict.ts';
import { en } from '../i18n/en.ts';
import { ru, type Words } from '../i18n/ru.ts';
import { Persisted } from './persisted.svelte.ts';

export type Language = 'ru' | 'en';

/** The language of the page: what was chosen, else what the browser prefers. */
class Locale {
  readonly #chosen = new Persisted('language');
  readonly #preferred: Language = navigator.languages.some((tag) => tag.startsWith('ru')) ? 'ru' : 'en';
  #current = $derived<Language>(
    this.#chosen.current === 'ru' || this.#chosen.current === 'en' ? this.#chosen.current : this.#preferred,
  );
  #words = $derived<Words>(this.#current === 'ru' ? ru : en);

  get current(): Language {
    return this.#current;
  }

  set current(language: Language) {
    this.#chosen.current = language;
  }

  /** What the page says, in the current language. */
  get words(): Words {
    return this.#words;
  }

  /** What a kind of fact is called. */
  fact(type: WorldFact['type']): string {
    return this.#words.facts[type];
  }

  /** A message of a lesson or a verdict in the current language; a plain string is as it is. */
  of(message: Message | string): string {
    return typeof message === 'string' ? message : message[this.#current];
  }
}

export const locale = new Locale();
