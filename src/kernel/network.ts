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
  /** In the order in which they were sent. */
  readonly inFlight: Map<Message, Timer>;
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
  /** Sends the same once more; absent where nothing can come twice. */
  again?(): void;
  /** May single messages overtake each other here? True for the bus, false for a socket. */
  readonly overtaking?: boolean;
}

export type Strike = (kind: string, place: string, id?: string) => void;

/** Links between nodes and brokers: latency, order, and what faults do to them. Knows nothing of what it carries. */
export class Network {
  readonly #links = new Map<string, Map<string, Link>>();
  /** Nodes that are cut off by hand, and until when: virtual ms. */
  readonly #cutOff = new Map<string, number>();
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

    this.#put(link, message, arrival);
  }

  /** By hand: a message arrives now, and before it what it may not overtake. Nothing, where none is called so on this link (`from>to`). */
  deliver(id: string, link: string): void {
    const found = this.#find('deliver', id, link);
    if (!found) return;
    const ahead = found.message.overtaking ? [] : found.ahead.filter((message) => !message.overtaking);
    for (const message of [...ahead, found.message]) {
      this.#take(found.link, message);
      message.arrive();
    }
  }

  /** By hand: a message takes so much longer (virtual ms), and with it what may not overtake it. */
  delay(id: string, link: string, by: number): void {
    const found = this.#find('delay', id, link);
    if (!found) return;
    const arrival = found.link.inFlight.get(found.message)!.time + by;
    this.#put(found.link, found.message, arrival);
    if (found.message.overtaking) return;
    found.link.lastArrival = Math.max(found.link.lastArrival, arrival);
    for (const message of found.behind)
      if (!message.overtaking && found.link.inFlight.get(message)!.time < arrival)
        this.#put(found.link, message, arrival);
  }

  /** By hand: a message that can come twice is sent once more. */
  duplicate(id: string, link: string): void {
    this.#find('duplicate', id, link)?.message.again?.();
  }

  /** By hand: a message vanishes. */
  drop(id: string, link: string): void {
    const found = this.#find('drop', id, link);
    if (!found) return;
    this.#take(found.link, found.message);
    found.message.dropped?.();
  }

  /** Breaks every connection of a node for so long (virtual ms): what is on its way is lost, what is sent meanwhile waits. */
  cutOff(node: string, forMs: number): void {
    const upAgain = this.#clock.now + forMs;
    this.#cutOff.set(node, Math.max(upAgain, this.#cutOff.get(node) ?? 0));
    for (const [from, links] of this.#links)
      for (const [to, link] of links) if (from === node || to === node) this.#break(link, upAgain);
  }

  /** The first message of that name on a link, with those that were sent before and after it; that it is struck is written down. */
  #find(kind: 'deliver' | 'delay' | 'duplicate' | 'drop', id: string, name: string) {
    const [from = '', to = ''] = name.split('>');
    const link = this.#links.get(from)?.get(to);
    const flying = [...(link?.inFlight.keys() ?? [])];
    const at = flying.findIndex((message) => message.id === id && (kind !== 'duplicate' || 'again' in message));
    if (!link || at < 0) return undefined;
    this.#struck(kind, name, id);
    return { link, message: flying[at]!, ahead: flying.slice(0, at), behind: flying.slice(at + 1) };
  }

  #put(link: Link, message: Message, arrival: number): void {
    link.inFlight.get(message)?.cancel();
    const timer = this.#clock.after(arrival - this.#clock.now, () => {
      link.inFlight.delete(message);
      message.arrive();
    });
    link.inFlight.set(message, timer);
  }

  #take(link: Link, message: Message): void {
    link.inFlight.get(message)?.cancel();
    link.inFlight.delete(message);
  }

  /** Breaks a link: what is on its way in it is lost, and it is up again at that time (virtual ms). */
  #break(link: Link, upAgain: number): void {
    link.upAgain = Math.max(link.upAgain, upAgain);
    link.lastArrival = 0;
    const flying = [...link.inFlight];
    link.inFlight.clear();
    for (const [message, timer] of flying) {
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
      const upAgain = Math.max(this.#cutOff.get(from) ?? 0, this.#cutOff.get(to) ?? 0);
      links.set(to, (link = { places, lastArrival: 0, upAgain, heldUntil: 0, inFlight: new Map() }));
    }
    return link;
  }
}
