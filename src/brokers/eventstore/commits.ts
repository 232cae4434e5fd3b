import { context, running, within, type Context } from '../../kernel/context.ts';
import type { Place } from '../../kernel/facts.ts';
import { VirtualPromise } from '../../kernel/promise.ts';
import type { StoredEvent } from '../../kernel/stored.ts';
import { epoch, type World } from '../../kernel/world.ts';
import { decide } from './decide.ts';
import { isoTime } from './isotime.ts';
import { firstFrom } from './reading.ts';
import { rejection, StoreRefused, StoreTimeout, StreamDeleted, WrongExpectedVersion, type Refusal } from './refusal.ts';
import { lastRevision, metadataOf, metadataStreamOf, subjectOf } from './retention.ts';
import { store, type ExpectedRevision, type StoreFact, type StoreState } from './state.ts';

/** Makes events durable outside; calls `done` once, at once or later, with the reason when it refused. */
export type Keep = (events: readonly StoredEvent[], done: (refused?: string) => void) => void;

/** Where the last event of an append stands: its revision in its stream and its position in the whole store, -1 without events. */
export interface Appended {
  readonly stream: string;
  readonly revision: number;
  readonly position: number;
}

/** An event that knows its place in its stream, but not yet when it is stored, nor its place in the whole store. */
export type Draft = Omit<StoredEvent, 'position' | 'created'>;

/** What somebody asks to be written. */
export interface Append {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  /** The ids by which a repetition is recognised. */
  readonly ids: readonly string[];
  /** What to write when the stream is as expected and goes on at the revision `first`. */
  readonly draft: (first: number) => Draft[];
}

/** An append, who waits for its answer, and the line of code that asked. */
interface Request extends Append {
  readonly asker: Context;
  readonly at: Place | undefined;
  readonly resolve: (appended: Appended) => void;
  readonly reject: (error: Error) => void;
}

/** What becomes of a request, once `events` are kept. */
interface Outcome {
  readonly events: readonly StoredEvent[];
  readonly answer: Appended | Refusal;
}

/** How long a writer whose answer was lost waits for it: virtual ms. */
export const appendTimeout = 5_000;

/**
 * The way into the store. What is asked for within a step is decided at its end against `state`, handed to `keep` while
 * virtual time stands still, and answered in the same virtual instant: how long the outer store takes does not show.
 */
export class Commits {
  readonly #world: World<StoreFact>;
  readonly #state: StoreState;
  readonly #keep: Keep;
  readonly #refused: ReadonlyMap<number, string>;
  readonly #stored: () => void;
  /** The entry that stored an event of this run, by position. */
  readonly #entries = new Map<number, number>();
  #parked: Request[] = [];
  #count = 0;
  #keeping = false;
  /** Tells the writers how the commit ended: done in the run, not where the outer store happens to call. */
  #due: (() => void) | undefined;

  /** `refused` says which commits, of those that no fault strikes, counted from 0, are refused without asking `keep`, and why; `stored` is called after each. */
  constructor(
    world: World<StoreFact>,
    state: StoreState,
    keep: Keep,
    refused: ReadonlyMap<number, string>,
    stored: () => void,
  ) {
    this.#world = world;
    this.#state = state;
    this.#keep = keep;
    this.#refused = refused;
    this.#stored = stored;
    world.onInstant(() => this.#settle());
  }

  /** Asks as the node that is running. */
  ask(append: Append): VirtualPromise<Appended> {
    const at = this.#world.guard.here;
    return new VirtualPromise((resolve, reject) => {
      this.#parked.push({ ...append, asker: context(), at, resolve, reject });
    });
  }

  /** The entry that stored this event, if it was in this run. */
  entryOf({ position }: StoredEvent): number | undefined {
    return this.#entries.get(position);
  }

  /** The end of a step: answers what was kept, or decides on what is parked and hands it out. True when something happened. */
  #settle(): boolean {
    const due = this.#due;
    if (due) {
      this.#due = undefined;
      due();
      return true;
    }
    if (this.#keeping || this.#parked.length === 0) return false;
    const requests = this.#nextBatch();
    let position = (this.#state.all.at(-1)?.position ?? -1) + 1;
    const outcomes = requests.map((request) => {
      const outcome = this.#decide(request, position);
      position += outcome.events.length;
      return outcome;
    });
    const answer = (refused?: string) => {
      requests.forEach((request, at) => within(request.asker, () => this.#answer(request, outcomes[at]!, refused)));
      this.#stored();
    };
    const events = outcomes.flatMap((outcome) => outcome.events);
    if (events.length === 0) answer();
    else this.#commit(events, answer);
    return true;
  }

  /** Takes requests in order until one meets a stream that the batch has touched already: what it meets is not decided yet. */
  #nextBatch(): Request[] {
    const touched = new Set<string>();
    const end = this.#parked.findIndex(({ stream }) => touched.size === touched.add(subjectOf(stream)).size);
    return this.#parked.splice(0, end < 0 ? this.#parked.length : end);
  }

  #decide({ stream, expected, ids, draft }: Request, position: number): Outcome {
    const decision = decide(this.#state, stream, expected, ids);
    switch (decision.outcome) {
      case 'write': {
        const drafts = draft(decision.first);
        const revives = decision.revive && drafts.at(-1)?.stream === stream && drafts.at(-1)?.revision !== lastRevision;
        if (revives) drafts.unshift(this.truncation(this.#world.random.uuid(), stream, decision.first));
        const created = isoTime(epoch + this.#world.now);
        const events = drafts.map((event, at) => ({ ...event, position: position + at, created }));
        const last = events.at(-1) ?? { revision: decision.first - 1, position: -1 };
        return { events, answer: { stream, revision: last.revision, position: last.position } };
      }
      case 'repeat': {
        const { revision } = decision;
        const events = this.#state.streams.get(stream)!;
        return {
          events: [],
          answer: { stream, revision, position: events[firstFrom(events, 'revision', revision)]!.position },
        };
      }
      case 'wrong':
        return { events: [], answer: new WrongExpectedVersion(stream, expected, decision.actual) };
      case 'deleted':
        return { events: [], answer: new StreamDeleted(stream) };
    }
  }

  /** The event that hides all revisions of a stream before this one: its metadata as they are, but for `$tb`. */
  truncation(id: string, stream: string, $tb: number): Draft {
    const metadataStream = metadataStreamOf(stream);
    const revision = (this.#state.streams.get(metadataStream)?.at(-1)?.revision ?? -1) + 1;
    return {
      id,
      stream: metadataStream,
      revision,
      type: '$metadata',
      data: { ...metadataOf(this.#state, stream), $tb },
    };
  }

  #commit(events: readonly StoredEvent[], answer: (refused?: string) => void): void {
    if (this.#world.faults.strike('refuse', ['store'])) {
      this.#world.record('store', { type: 'fault.struck', kind: 'refuse', place: 'store' });
      answer('refuse@store');
      return;
    }
    const refused = this.#refused.get(this.#count++);
    if (refused !== undefined) {
      answer(refused);
      return;
    }
    this.#keeping = true;
    this.#world.hold();
    this.#keep(events, (refused) => {
      this.#keeping = false;
      this.#due = () => answer(refused);
      this.#world.release();
    });
  }

  /** Writes down what became of a request, whether its asker still lives or not, and tells it. */
  #answer(
    { stream, asker, at, resolve, reject }: Request,
    { events, answer }: Outcome,
    refused: string | undefined,
  ): void {
    const place = at ? { at } : {};
    const settled = refused !== undefined && events.length > 0 ? new StoreRefused(stream, refused) : answer;
    if (settled instanceof Error) {
      this.#record({ type: 'store.rejected', stream, ...rejection(settled), ...place });
      reject(this.#world.blame(settled, at));
      return;
    }
    const { seq } = this.#record({ type: 'store.appended', stream, events, ...place });
    for (const { position } of events) this.#entries.set(position, seq);
    const link = `store>${running()}`;
    if (!this.#world.faults.strike('lose-ack', [link, 'store', running()])) {
      resolve(settled);
      return;
    }
    this.#world.record('store', { type: 'fault.struck', kind: 'lose-ack', place: link });
    const timeout = this.#world.blame(new StoreTimeout(stream, appendTimeout), at);
    this.#world.clock.after(appendTimeout, () => within(asker, () => reject(timeout)));
  }

  #record(fact: StoreFact) {
    const entry = this.#world.append(running(), fact);
    store.evolve(this.#state, entry);
    return entry;
  }
}
