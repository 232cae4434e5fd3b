import { context, within } from '../kernel/context.ts';
import type { Place } from '../kernel/facts.ts';
import { microtasks } from '../kernel/microtasks.ts';
import type { Life } from '../kernel/node.ts';
import type { World } from '../kernel/world.ts';

/** A server that clients can connect to: how it is called on links, and what answers one connection. */
export interface Listening {
  readonly place: string;
  accept(client: string, wire: Wire): Peer;
}

/** Why a client said something: which entry of the journal led to it, and which line of the learner's code. */
export interface Origin {
  /** The channel of the protocol on which it was said; what is said on one channel keeps its order. */
  readonly channel: number;
  readonly cause: number | undefined;
  readonly at: Place | undefined;
}

/** Which entry of the journal a delivery is. */
export interface DeliveryCause {
  readonly channel: number;
  readonly deliveryTag: number;
  readonly cause: number;
}

/** The server's side of one connection: what arrives. */
export interface Peer {
  /** `origins` are those of all that the client has said since the last bytes. */
  receive(bytes: Uint8Array, origins: readonly Origin[]): void;
  /** The client has gone, or the connection broke. */
  lost(): void;
}

/** The server's way back. */
export interface Wire {
  send(bytes: Uint8Array, causes: readonly DeliveryCause[]): void;
  end(): void;
}

/** The client's side of one connection: what happens to it. */
export interface Ends {
  connected(): void;
  received(bytes: Uint8Array, causes: readonly DeliveryCause[]): void;
  /** The server will send nothing more. */
  ended(): void;
  /** The connection broke or was never made; `code` as in Node's system errors. */
  failed(code: 'ECONNREFUSED' | 'ECONNRESET' | 'ETIMEDOUT'): void;
}

/**
 * A stream connection between a life of a node and a server, over the links of the kernel's network: bytes arrive in their
 * order, later, or not at all. What one side writes within a step travels as one message. It ends with the life.
 */
export class Connection {
  readonly #world: World;
  readonly #life: Life;
  readonly #server: Listening;
  readonly #ends: Ends;
  #peer: Peer | undefined;
  /** `open`: both sides may speak. */
  #state: 'connecting' | 'open' | 'over' = 'connecting';
  readonly #forget: () => void;
  readonly #toServer: Outbox<Origin>;
  readonly #toClient: Outbox<DeliveryCause>;

  constructor(world: World, life: Life, server: Listening, ends: Ends) {
    this.#world = world;
    this.#life = life;
    this.#server = server;
    this.#ends = ends;
    const { node } = life;
    const { place } = server;
    this.#toServer = new Outbox((bytes, origins) =>
      this.#travel(node, place, () => this.#peer?.receive(bytes, origins)),
    );
    this.#toClient = new Outbox((bytes, causes) =>
      this.#travel(place, node, () => this.#tell(() => ends.received(bytes, causes))),
    );
    this.#forget = life.onEnd(() => this.#hangUp());
    this.#travel(node, place, () => this.#accepted());
  }

  /** Sends bytes to the server. */
  write(bytes: Uint8Array): void {
    if (this.#state === 'open') this.#toServer.add(bytes);
  }

  /** Remembers, together with the bytes that are written next, why they are. */
  note(origin: Origin): void {
    this.#toServer.note(origin);
  }

  /** The client has nothing more to say: what it has said still arrives. */
  end(): void {
    this.#toServer.flush();
    this.#hangUp();
  }

  #accepted(): void {
    const { node } = this.#life;
    const { place } = this.#server;
    this.#state = 'open';
    this.#peer = this.#server.accept(node, {
      send: (bytes, causes) => {
        for (const cause of causes) this.#toClient.note(cause);
        this.#toClient.add(bytes);
      },
      end: () => {
        this.#toClient.flush();
        this.#travel(place, node, () => this.#over(() => this.#ends.ended()));
      },
    });
    this.#travel(place, node, () => this.#tell(() => this.#ends.connected()));
  }

  #hangUp(): void {
    if (this.#state === 'over') return;
    this.#forget();
    this.#state = 'over';
    this.#travel(this.#life.node, this.#server.place, () => this.#peer?.lost());
  }

  /** One message over the link, because of what is running now. What it does is done on nobody's behalf. */
  #travel(from: string, to: string, arrive: () => void): void {
    const { cause } = context();
    this.#world.network.send({
      from,
      to,
      arrive: () => within({ owner: undefined, cause }, arrive),
      lost: () => this.#broken(),
      // A stream does not lose a piece of itself and go on.
      dropped: () => this.#broken(),
    });
  }

  #broken(): void {
    const never = this.#state === 'connecting';
    this.#over(() => this.#ends.failed(never ? 'ETIMEDOUT' : 'ECONNRESET'));
    this.#peer?.lost();
  }

  #over(say: () => void): void {
    if (this.#state === 'over') return;
    this.#state = 'over';
    this.#forget();
    this.#tell(say, true);
  }

  /** Tells the client, when its node is awake. */
  #tell(say: () => void, last = false): void {
    const { cause } = context();
    if (this.#state === 'open' || last) this.#life.awake(() => void this.#life.do(cause, say));
  }
}

/** Collects what is written within one step, with notes that travel beside the bytes. */
class Outbox<N> {
  readonly #send: (bytes: Uint8Array, notes: readonly N[]) => void;
  #pieces: Uint8Array[] = [];
  #notes: N[] = [];

  constructor(send: (bytes: Uint8Array, notes: readonly N[]) => void) {
    this.#send = send;
  }

  note(note: N): void {
    this.#notes.push(note);
  }

  add(bytes: Uint8Array): void {
    this.#pieces.push(bytes);
    if (this.#pieces.length > 1) return;
    microtasks.add({ context: context(), run: () => this.flush() });
  }

  flush(): void {
    const pieces = this.#pieces;
    if (pieces.length === 0) return;
    const notes = this.#notes;
    this.#pieces = [];
    this.#notes = [];
    this.#send(joined(pieces), notes);
  }
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  if (pieces.length === 1) return pieces[0]!;
  const all = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}
