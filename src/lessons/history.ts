import type { WorldEntry, WorldFact } from '../brokers/facts.ts';
import type { Entry } from '../kernel/journal.ts';
import type { StoredEvent } from '../kernel/stored.ts';

/** The entries of one type of fact. */
export type EntryOf<T extends WorldFact['type']> = Entry<Extract<WorldFact, { readonly type: T }>>;

/** A stored event together with the entry that says so. */
export type Stored = StoredEvent & Pick<Entry, 'seq' | 'time' | 'node' | 'cause'>;

/** A call with its end, if it came to one. */
export type Call = EntryOf<'call.sent'> & {
  readonly answered?: EntryOf<'call.answered'>;
  readonly failed?: EntryOf<'call.failed'>;
};

/** A finished run as rules read it: the journal, indexed. Nothing is here that the journal does not say. */
export class History {
  readonly entries: readonly WorldEntry[];
  readonly #byType = new Map<string, WorldEntry[]>();

  constructor(entries: readonly WorldEntry[]) {
    this.entries = entries;
    for (const entry of entries) {
      const same = this.#byType.get(entry.type);
      if (same) same.push(entry);
      else this.#byType.set(entry.type, [entry]);
    }
  }

  /** All entries of this type, in the order of the journal. */
  of<T extends WorldFact['type']>(type: T): readonly EntryOf<T>[] {
    return (this.#byType.get(type) ?? []) as unknown as readonly EntryOf<T>[];
  }

  /** What was published, with the type `event` when one is given. */
  published(event?: string): readonly EntryOf<'bus.published'>[] {
    return this.of('bus.published').filter((entry) => event === undefined || entry.event === event);
  }

  /** What was stored during the run, event by event. */
  stored(type?: string): readonly Stored[] {
    return this.of('store.appended')
      .flatMap((entry) => entry.events.map((event) => ({ ...entry, ...event })))
      .filter((event) => type === undefined || event.type === type);
  }

  /** What was done in the outer world, of this kind when one is given. */
  effects(kind?: string): readonly EntryOf<'world.effected'>[] {
    return this.of('world.effected').filter((entry) => kind === undefined || entry.kind === kind);
  }

  /** The calls of this method of this service, whoever made them. */
  calls(service: string, method?: string): readonly Call[] {
    const ends = new Map<string, EntryOf<'call.answered'> | EntryOf<'call.failed'>>();
    for (const entry of this.of('call.answered')) ends.set(entry.id, entry);
    for (const entry of this.of('call.failed')) ends.set(entry.id, entry);
    return this.of('call.sent')
      .filter((entry) => entry.to === service && (method === undefined || entry.method === method))
      .map((sent) => {
        const end = ends.get(sent.id);
        if (!end) return sent;
        return end.type === 'call.answered' ? { ...sent, answered: end } : { ...sent, failed: end };
      });
  }

  /** Why an entry is there: its cause, the cause of that, and so on to the first. */
  causes(entry: { readonly cause?: number }): WorldEntry[] {
    const chain: WorldEntry[] = [];
    for (let at = entry.cause; at !== undefined; at = this.entries[at]?.cause) {
      const cause = this.entries[at];
      if (cause) chain.push(cause);
    }
    return chain;
  }

  /** The nearest cause of this type. */
  cause<T extends WorldFact['type']>(entry: { readonly cause?: number }, type: T): EntryOf<T> | undefined {
    return this.causes(entry).find((cause) => cause.type === type) as EntryOf<T> | undefined;
  }
}
