import type { Clock } from './clock.ts';
import type { Faults } from './faults.ts';
import type { Random } from './random.ts';

/** How long a message takes where no fault delays it: virtual ms, drawn for each message. */
const latency = { least: 1, most: 5 } as const;

/** One direction between two places. Messages of a link arrive in the order in which they were sent, as on a TCP connection. */
interface Link {
  lastArrival: number;
  /** A broken link carries nothing before this time; what is sent meanwhile waits for it. */
  upAgain: number;
  readonly inFlight: Set<Passage>;
}

interface Passage {
  readonly lost: () => void;
  cancel(): void;
}

/** One message on its way. */
export interface Message {
  readonly from: string;
  readonly to: string;
  /** What it is called in `fault.struck`. */
  readonly id?: string;
  arrive(): void;
  /** The connection broke while it was on its way: nobody knows whether it arrived. */
  lost(): void;
  /** It vanished; nobody on either side is told, this is for the one who keeps the books. */
  dropped?(): void;
  /** May single messages overtake each other here? True for the bus, false for a socket. */
  readonly overtaking?: boolean;
}

export type Strike = (kind: string, place: string, id?: string) => void;

/** Links between nodes and brokers: latency, order, and what faults do to them. Knows nothing of what it carries. */
export class Network {
  readonly #links = new Map<string, Link>();
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #faults: Faults;
  readonly #struck: Strike;

  constructor(clock: Clock, random: Random, faults: Faults, struck: Strike) {
    this.#clock = clock;
    this.#random = random;
    this.#faults = faults;
    this.#struck = struck;
  }

  /** Sends; one of `arrive` and `lost` is called later, and neither when the message was dropped. */
  send(message: Message): void {
    const { from, to, id } = message;
    const name = `${from}>${to}`;
    const link = this.#link(name);
    const now = this.#clock.now;
    const places = [name, from, to];

    const cut = this.#faults.strike('cut', places);
    if (cut) {
      this.#struck('cut', name, id);
      this.#break(name, now + this.#faults.draw(cut));
      message.lost();
      return;
    }
    if (this.#faults.strike('drop', places)) {
      this.#struck('drop', name, id);
      message.dropped?.();
      return;
    }
    const delay = this.#faults.strike('delay', places);
    let travel = this.#random.between(latency.least, latency.most) + (delay ? this.#faults.draw(delay) : 0);
    const leaves = Math.max(now, link.upAgain, this.#partitionedUntil(places, now));
    let arrival = Math.max(leaves + travel, link.lastArrival);
    if (message.overtaking && this.#faults.strike('reorder', places)) {
      this.#struck('reorder', name, id);
      travel += this.#random.between(latency.most, 20 * latency.most);
      arrival = leaves + travel;
    } else link.lastArrival = arrival;

    const timer = this.#clock.after(arrival - now, () => {
      link.inFlight.delete(passage);
      message.arrive();
    });
    const passage: Passage = { lost: () => message.lost(), cancel: () => timer.cancel() };
    link.inFlight.add(passage);
  }

  /** Breaks a link: what is on its way in it is lost, and it is up again at that time (virtual ms). */
  #break(name: string, upAgain: number): void {
    const link = this.#link(name);
    link.upAgain = Math.max(link.upAgain, upAgain);
    link.lastArrival = 0;
    const flying = [...link.inFlight];
    link.inFlight.clear();
    for (const passage of flying) {
      passage.cancel();
      passage.lost();
    }
  }

  /** `partition@node:from-to`: in that span of virtual time the place is cut off from everything. */
  #partitionedUntil(places: readonly string[], now: number): number {
    let until = now;
    for (const { kind, place, range } of this.#faults.plan)
      if (kind === 'partition' && place !== undefined && places.includes(place) && range[0] <= now && now < range[1])
        until = Math.max(until, range[1]);
    return until;
  }

  #link(name: string): Link {
    let link = this.#links.get(name);
    if (!link) this.#links.set(name, (link = { lastArrival: 0, upAgain: 0, inFlight: new Set() }));
    return link;
  }
}
