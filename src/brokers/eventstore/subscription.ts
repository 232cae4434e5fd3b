import { concatMap, EMPTY, Subject, type Subscription } from 'rxjs';
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

/**
 * A subscription that has caught up or is about to: it pulls page after page from the store over its link, so past and
 * present are one list with one cursor. A page that gets lost is asked for again from the cursor: no gap, no duplicate.
 */
export class CatchUp {
  readonly #world: World<StoreFact>;
  readonly #life: Life;
  readonly #place: Place;
  readonly #events: () => readonly StoredEvent[];
  readonly #inbox = new Subject<StoredEvent>();
  /** The last event that has arrived. */
  #after: number;
  #travelling = false;
  readonly #pipeline: Subscription;

  /**
   * `events` gives what there is now, in the order of `place`; `handler` is called for one event after the other, as the
   * node and because of the entry that `cause` names.
   */
  constructor(
    world: World<StoreFact>,
    life: Life,
    place: Place,
    after: number,
    events: () => readonly StoredEvent[],
    cause: (event: StoredEvent) => number | undefined,
    handler: (event: StoredEvent) => unknown,
  ) {
    this.#world = world;
    this.#life = life;
    this.#place = place;
    this.#after = after;
    this.#events = events;
    const handled = (event: StoredEvent) =>
      life.do(cause(event), () =>
        VirtualPromise.try(() => handler(event)).catch((error: unknown) => world.fail('unhandled', error)),
      );
    this.#pipeline = this.#inbox.pipe(concatMap((event) => handled(event) ?? EMPTY)).subscribe();
  }

  /** Sends what has not been sent, unless something is on its way: then that is followed by more. */
  pump(): void {
    if (this.#travelling || this.#pipeline.closed) return;
    const events = this.#events();
    const start = firstFrom(events, this.#place, this.#after + 1);
    const parcel = events.slice(start, start + page);
    if (parcel.length === 0) return;
    this.#travelling = true;
    const again = () => this.#world.clock.after(reconnectDelay, () => this.#next());
    this.#world.network.send({
      from: 'store',
      to: this.#life.node,
      arrive: () => {
        this.#after = parcel.at(-1)![this.#place];
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
}
