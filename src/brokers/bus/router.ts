import { matches, wordsOf } from './pattern.ts';

/** Which destinations an event type goes to, in the order in which they were added. The answer is kept for each type. */
export class Router<T> {
  readonly #routes: { readonly pattern: readonly string[]; readonly to: T }[] = [];
  readonly #known = new Map<string, readonly T[]>();

  add(pattern: string, to: T): void {
    this.#routes.push({ pattern: wordsOf(pattern), to });
    this.#known.clear();
  }

  remove(to: T): void {
    const at = this.#routes.findIndex((route) => route.to === to);
    if (at >= 0) this.#routes.splice(at, 1);
    this.#known.clear();
  }

  route(type: string): readonly T[] {
    let to = this.#known.get(type);
    if (to === undefined) {
      const words = wordsOf(type);
      to = this.#routes.filter(({ pattern }) => matches(pattern, words)).map((route) => route.to);
      this.#known.set(type, to);
    }
    return to;
  }
}
