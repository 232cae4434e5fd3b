import { lookup, sameField, textOf, type Table } from './field.ts';
import type { Binding, RabbitState } from './state.ts';

/**
 * Does a routing key match the pattern of a topic binding (AMQP 0-9-1 §3.1.3.3)? `*` is one word, `#` any number of them,
 * none included. An empty key or pattern has no words at all; empty words inside count.
 */
export function matchesTopic(pattern: string, key: string): boolean {
  const words = wordsOf(key);
  // Which beginnings of the key, by their length in words, the pattern so far stands for.
  let reached = new Set([0]);
  for (const part of wordsOf(pattern)) {
    const next = new Set<number>();
    for (const at of reached) {
      if (part === '#') for (let to = at; to <= words.length; to++) next.add(to);
      else if (at < words.length && (part === '*' || part === words[at])) next.add(at + 1);
    }
    reached = next;
  }
  return reached.has(words.length);
}

const wordsOf = (text: string): readonly string[] => (text === '' ? [] : text.split('.'));

/**
 * Do headers match the arguments of a headers binding? `x-match` says how; a void value asks for presence only
 * (`rabbit_exchange_type_headers`).
 */
export function matchesHeaders(wanted: Table, headers: Table): boolean {
  const how = textOf(lookup(wanted, 'x-match')) ?? 'all';
  const withX = how.endsWith('-with-x');
  const names = Object.keys(wanted).filter((name) => name !== 'x-match' && (withX || !name.startsWith('x-')));
  const agrees = (name: string) => {
    const given = lookup(headers, name);
    return given !== undefined && (wanted[name]!.type === 'void' || sameField(wanted[name], given));
  };
  return how.startsWith('all') ? names.every(agrees) : names.some(agrees);
}

/** Finds the queues of a message. What keys lead to is remembered until `forget`. */
export class Router {
  readonly #state: RabbitState;
  readonly #known = new Map<string, Map<string, readonly string[]>>();

  constructor(state: RabbitState) {
    this.#state = state;
  }

  /** Exchanges, queues or bindings have changed. */
  forget(): void {
    this.#known.clear();
  }

  /** The queues that an exchange, and those that it is bound to, lead to: each once, whatever the number of ways. */
  route(exchange: string, keys: readonly string[], headers: Table): readonly string[] {
    if (keys.length > 1) return this.#route(exchange, keys, headers).queues;
    let known = this.#known.get(exchange);
    if (!known) this.#known.set(exchange, (known = new Map<string, readonly string[]>()));
    const answer = known.get(keys[0]!);
    if (answer) return answer;
    const { queues, byHeaders } = this.#route(exchange, keys, headers);
    if (!byHeaders) known.set(keys[0]!, queues);
    return queues;
  }

  #route(exchange: string, keys: readonly string[], headers: Table): { queues: readonly string[]; byHeaders: boolean } {
    const queues = new Set<string>();
    const seen = new Set([exchange]);
    let byHeaders = false;
    for (const name of seen) {
      const found = this.#state.exchanges.get(name);
      if (!found) continue;
      byHeaders ||= found.type === 'headers';
      if (name === '') {
        for (const key of keys) if (this.#state.queues.has(key)) queues.add(key);
        continue;
      }
      const matching = found.bindings.filter((binding) => matches(found.type, binding, keys, headers));
      for (const { to, destination } of matching) (to === 'queue' ? queues : seen).add(destination);
      const alternate = textOf(lookup(found.arguments, 'alternate-exchange'));
      if (matching.length === 0 && alternate !== undefined) seen.add(alternate);
    }
    return { queues: [...queues], byHeaders };
  }
}

function matches(type: string, binding: Binding, keys: readonly string[], headers: Table): boolean {
  switch (type) {
    case 'fanout':
      return true;
    case 'direct':
      return keys.includes(binding.routingKey);
    case 'topic':
      return keys.some((key) => matchesTopic(binding.routingKey, key));
    default:
      return matchesHeaders(binding.arguments, headers);
  }
}
