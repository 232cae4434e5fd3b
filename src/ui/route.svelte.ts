import { on } from 'svelte/events';
import { createSubscriber } from 'svelte/reactivity';

export type Page =
  | { readonly name: 'home' }
  | { readonly name: 'lesson'; readonly id: string }
  | { readonly name: 'sandbox' }
  | { readonly name: 'missing' };

/** The page that the address names: `#/`, `#/lesson/<id>`, `#/sandbox`. */
class Route {
  readonly #subscribe = createSubscriber((update) => on(window, 'hashchange', update));

  get current(): Page {
    this.#subscribe();
    return pageOf(location.hash);
  }
}

function pageOf(hash: string): Page {
  const [name = '', id, ...rest] = hash.replace(/^#?\/?/, '').split('/');
  if (rest.length === 0) {
    if (name === '') return { name: 'home' };
    if (name === 'sandbox' && id === undefined) return { name: 'sandbox' };
    if (name === 'lesson' && id !== undefined && /^[a-z0-9-]+$/.test(id)) return { name: 'lesson', id };
  }
  return { name: 'missing' };
}

export const route = new Route();
