import type { Clock, Timer } from './clock.ts';
import type { Fault, Faults } from './faults.ts';
import type { Random } from './random.ts';

/** How long a message takes where no fault delays it: virtual ms, drawn for each message. */
const latency = { least: 1, most: 5 } as const;

/** One direction between two places. Messages of a link arrive in the order in which they were sent, as on a TCP connection. */
interface Link {
  /** What a fault may call it: `from>to`, or either end. */
  readonly places: readonly [name: string, from: string, to: string];
  lastArrival: number;
  /** A broken link carries nothing before this time; what is sent meanwhile waits for it. */
  upAgain: number;
  /** The end of the last partition that held a message of this link back. */
  heldUntil: number;
  readonly inFlight: Map<Timer, Message>;
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
  readonly #links = new Map<string, Map<string, Link>>();
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #faults: Faults;
  /** `partition@place:from-to`: in that span of virtual time the place is cut off from everything. In the order of their beginnings. */
  readonly #partitions: readonly Fault[];
  readonly #struck: Strike;

  constructor(clock: Clock, random: Random, faults: Faults, struck: Strike) {
    this.#clock = clock;
    this.#random = random;
    this.#faults = faults;
    this.#partitions = [...faults.planned('partition')].sort((a, b) => a.range[0] - b.range[0]);
    this.#struck = struck;
  }

  /** Sends; one of `arrive` and `lost` is called later, and neither when the message was dropped. */
  send(message: Message): void {
    const { from, to, id } = message;
    const link = this.#link(from, to);
    const { places } = link;
    const { now } = this.#clock;

    const cut = this.#faults.strike('cut', places);
    if (cut) {
      this.#struck('cut', places[0], id);
      const upAgain = now + this.#faults.draw(cut);
      this.#break(link, upAgain);
      this.#break(this.#link(to, from), upAgain);
      message.lost();
      return;
    }
    if (this.#faults.strike('drop', places)) {
      this.#struck('drop', places[0], id);
      message.dropped?.();
      return;
    }
    const delay = this.#faults.strike('delay', places);
    const travel = this.#random.between(latency.least, latency.most) + (delay ? this.#faults.draw(delay) : 0);
    const leaves = this.#departure(link, id);
    let arrival = Math.max(leaves + travel, link.lastArrival);
    if (message.overtaking && this.#faults.strike('reorder', places)) {
      this.#struck('reorder', places[0], id);
      arrival = leaves + travel + this.#random.between(latency.most, 20 * latency.most);
    } else link.lastArrival = arrival;

    const timer = this.#clock.after(arrival - now, () => {
      link.inFlight.delete(timer);
      message.arrive();
    });
    link.inFlight.set(timer, message);
  }

  /** Breaks a link: what is on its way in it is lost, and it is up again at that time (virtual ms). */
  #break(link: Link, upAgain: number): void {
    link.upAgain = Math.max(link.upAgain, upAgain);
    link.lastArrival = 0;
    const flying = [...link.inFlight];
    link.inFlight.clear();
    for (const [timer, message] of flying) {
      timer.cancel();
      message.lost();
    }
  }

  /** When a message that is sent now can leave: when the link is up and no partition separates its ends. */
  #departure(link: Link, id: string | undefined): number {
    let leaves = Math.max(this.#clock.now, link.upAgain);
    for (const { place, range } of this.#partitions) {
      if (place !== undefined && !link.places.includes(place)) continue;
      const [begins, ends] = range;
      if (leaves < begins || leaves >= ends) continue;
      leaves = ends;
      if (link.heldUntil === ends) continue;
      link.heldUntil = ends;
      this.#struck('partition', link.places[0], id);
    }
    return leaves;
  }

  #link(from: string, to: string): Link {
    let links = this.#links.get(from);
    if (links === undefined) this.#links.set(from, (links = new Map<string, Link>()));
    let link = links.get(to);
    if (link === undefined) {
      const places = [`${from}>${to}`, from, to] as const;
      links.set(to, (link = { places, lastArrival: 0, upAgain: 0, heldUntil: 0, inFlight: new Map() }));
    }
    return link;
  }
}
