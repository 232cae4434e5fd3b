import { untrack } from 'svelte';

/** What a screen reader is told: rare and short, the last one wins. Never called for each event. */
class Announcer {
  #said = $state('');

  get current(): string {
    return this.#said;
  }

  /** The same sentence twice is said twice: a no-break space makes it another text. An effect that says does not listen. */
  say(sentence: string): void {
    this.#said = sentence === untrack(() => this.#said) ? `${sentence}\u00a0` : sentence;
  }
}

export const announcer = new Announcer();
