/** A small choice that outlives the page, in localStorage; where that is forbidden it lives as long as the page. */
export class Persisted {
  readonly #key: string;
  #value = $state<string | null>(null);

  constructor(key: string) {
    this.#key = `eventarium:${key}`;
    try {
      this.#value = localStorage.getItem(this.#key);
    } catch {
      // Access itself throws where storage is forbidden.
    }
  }

  get current(): string | null {
    return this.#value;
  }

  set current(value: string) {
    this.#value = value;
    try {
      localStorage.setItem(this.#key, value);
    } catch {
      // Forbidden or full: the choice lasts until the page closes.
    }
  }
}
