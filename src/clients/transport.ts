import { context, within } from '../kernel/context.ts';
import { microtasks } from '../kernel/microtasks.ts';
import type { Life } from '../kernel/node.ts';
import type { World } from '../kernel/world.ts';

/** A server that clients can connect to: how it is called on links, and what answers one connection. */
export interface Listening {
  readonly place: string;
  accept(client: string, wire: Wire): Peer;
}

/** The server's side of one connection: what arrives. */
export interface Peer {
  receive(bytes: Uint8Array): void;
  /** The client has gone, or the connection broke. */
  lost(): void;
}

/** The server's way back. */
export interface Wire {
  send(bytes: Uint8Array): void;
  end(): void;
}

/** The client's side of one connection: what happens to it. */
export interface Ends {
  connected(): void;
  received(bytes: Uint8Array): void;
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
  readonly #toServer: Outbox;
  readonly #toClient: Outbox;

  constructor(world: World, life: Life, server: Listening, ends: Ends) {
    this.#world = world;
    this.#life = life;
    this.#server = server;
    this.#ends = ends;
    const { node } = life;
    const { place } = server;
    this.#toServer = new Outbox((bytes) => this.#travel(node, place, () => this.#peer?.receive(bytes)));
    this.#toClient = new Outbox((bytes) => this.#travel(place, node, () => this.#tell(() => ends.received(bytes))));
    this.#forget = life.onEnd(() => this.#hangUp());
    this.#travel(node, place, () => this.#accepted());
  }

  /** Sends bytes to the server. */
  write(bytes: Uint8Array): void {
    if (this.#state === 'open') this.#toServer.add(bytes);
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
      send: (bytes) => this.#toClient.add(bytes),
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

/** Collects what is written within one step. */
class Outbox {
  readonly #send: (bytes: Uint8Array) => void;
  #pieces: Uint8Array[] = [];

  constructor(send: (bytes: Uint8Array) => void) {
    this.#send = send;
  }

  add(bytes: Uint8Array): void {
    this.#pieces.push(bytes);
    if (this.#pieces.length > 1) return;
    microtasks.add({ context: context(), run: () => this.flush() });
  }

  flush(): void {
    const pieces = this.#pieces;
    if (pieces.length === 0) return;
    this.#pieces = [];
    this.#send(joined(pieces));
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
