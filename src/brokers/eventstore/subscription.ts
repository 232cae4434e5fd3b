import { concatMap, defer, EMPTY, Subject, type ObservableInput, type Subscription } from 'rxjs';
import type { CrashPoint } from '../../kernel/faults.ts';
import type { Life } from '../../kernel/node.ts';
import { VirtualPromise } from '../../kernel/promise.ts';
import type { StoredEvent } from '../../kernel/stored.ts';
import type { World } from '../../kernel/world.ts';
import { firstFrom, type Place } from './reading.ts';
import type { StoreFact } from './state.ts';

/** How many events travel together, at most. */
const page = 100;
/** How long a broken connection stays so before the subscriber connects again: virtual ms. */
const reconnectDelay = 1_000;

/** What is subscribed to. */
export interface Source {
  /** The events there are now, in the order of `place`. */
  readonly events: () => readonly StoredEvent[];
  readonly place: Place;
  /** The subscription begins behind this one. */
  readonly after: number;
  /** The entry that stored an event, if it was in this run. */
  readonly entryOf: (event: StoredEvent) => number | undefined;
}

/**
 * A subscription that has caught up or is about to: it pulls page after page from the store over its link, so past and
 * present are one list with one cursor. A page that gets lost is asked for again from the cursor: no gap, no duplicate.
 * The handler gets one event after the other, as its node and because of the entry that stored the event.
 */
export class CatchUp {
  readonly #world: World<StoreFact>;
  readonly #life: Life;
  readonly #source: Source;
  readonly #handler: (event: StoredEvent) => unknown;
  readonly #inbox = new Subject<StoredEvent>();
  readonly #pipeline: Subscription;
  /** The last event that has arrived. */
  #after: number;
  #travelling = false;

  constructor(world: World<StoreFact>, life: Life, source: Source, handler: (event: StoredEvent) => unknown) {
    this.#world = world;
    this.#life = life;
    this.#source = source;
    this.#after = source.after;
    this.#handler = handler;
    this.#pipeline = this.#inbox.pipe(concatMap((event) => defer(() => this.#handle(event)))).subscribe();
  }

  /** Sends what has not been sent, unless something is on its way: then that is followed by more. */
  pump(): void {
    if (this.#travelling || this.#pipeline.closed) return;
    const { events, place } = this.#source;
    const all = events();
    const start = firstFrom(all, place, this.#after + 1);
    const parcel = all.slice(start, start + page);
    if (parcel.length === 0) return;
    this.#travelling = true;
    const again = () => this.#world.clock.after(reconnectDelay, () => this.#next());
    this.#world.network.send({
      from: 'store',
      to: this.#life.node,
      arrive: () => {
        this.#after = parcel.at(-1)![place];
        this.#life.awake(() => parcel.forEach((event) => this.#inbox.next(event)));
        this.#next();
      },
      lost: again,
      dropped: again,
    });
  }

  stop(): void {
    this.#pipeline.unsubscribe();
  }

  #next(): void {
    this.#travelling = false;
    this.pump();
  }

  /** Nothing is acknowledged here: `before-ack` and `after-ack` are both the moment after the handler. */
  #handle(event: StoredEvent): ObservableInput<unknown> {
    if (this.#crashes('before-handling', event)) return EMPTY;
    const handled = this.#life.do(this.#source.entryOf(event), () =>
      this.#ready(event)
        .then(() => this.#handler(event))
        .catch((error: unknown) => this.#world.fail('unhandled', error))
        .then(() => this.#crashes('before-ack', event) || this.#crashes('after-ack', event)),
    );
    return handled ?? EMPTY;
  }

  /** Fulfilled when the node comes to it: at once, but for `slow@node`. */
  #ready({ id }: StoredEvent): VirtualPromise<void> {
    const { faults, clock } = this.#world;
    const slow = faults.strike('slow', [this.#life.node]);
    if (!slow) return VirtualPromise.resolve();
    this.#struck('slow', id);
    return new VirtualPromise((resolve) => void clock.after(faults.draw(slow), () => resolve()));
  }

  #crashes(point: CrashPoint, { id }: StoredEvent): boolean {
    const { node } = this.#life;
    if (!this.#world.faults.strike('crash', [node], point)) return false;
    this.#struck('crash', id);
    this.#world.crash(node, 'fault');
    return true;
  }

  #struck(kind: string, id: string): void {
    const { node } = this.#life;
    this.#world.record(node, { type: 'fault.struck', kind, place: node, id });
  }
}
