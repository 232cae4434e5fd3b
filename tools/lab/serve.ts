import { createServer, type Server, type Socket } from 'node:net';
import { RabbitServer } from '../../src/brokers/rabbitmq/server.ts';
import type { RabbitFact } from '../../src/brokers/rabbitmq/state.ts';
import { Session } from '../../src/brokers/rabbitmq/wire.ts';
import type { Entry } from '../../src/kernel/journal.ts';
import { World } from '../../src/kernel/world.ts';
import { LabError } from './files.ts';

/** What accepts the bytes of one connection. */
interface Peer {
  receive(bytes: Uint8Array): void;
  lost(): void;
}

/**
 * Carries one of the simulated servers on a real socket of loopback, in real time: the same engine, but its clock is the
 * wall's and its clients are whoever connects.
 * @throws LabError when the port is taken
 */
export async function serve(port: number): Promise<Server> {
  const world = new Unrecorded({
    seed: 1,
    faults: [],
    nodes: [],
    describe: (error) => ({ name: 'Error', message: String(error) }),
  });
  const rabbit = new RabbitServer(world);
  const wall = new WallClock(world);
  let clients = 0;
  const server = createServer({ noDelay: true }, (socket) =>
    attach(socket, wall, (wire) => new Session(rabbit, `client-${++clients}`, wire)),
  );
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(new LabError(error.message)));
    server.listen(port, '127.0.0.1', resolve);
  });
  return server;
}

/** A world that keeps no journal: a server may run for days. */
class Unrecorded extends World<RabbitFact> {
  #seq = 0;

  override append<G extends RabbitFact>(node: string, fact: G): Entry<G> {
    return { seq: this.#seq++, time: this.now, node, ...fact };
  }
}

function attach(
  socket: Socket,
  wall: WallClock,
  open: (wire: { send(bytes: Uint8Array): void; end(): void }) => Peer,
): void {
  const peer = open({ send: (bytes) => void socket.write(bytes), end: () => void socket.end() });
  socket.on('data', (bytes) => wall.happen(() => peer.receive(bytes)));
  socket.on('error', () => undefined);
  socket.on('close', () => wall.happen(() => peer.lost()));
}

/** Drives a world by real time: what is due is done when it is due, what comes from outside at once. */
class WallClock {
  readonly #world: World<RabbitFact>;
  readonly #start = performance.now();
  #due: NodeJS.Timeout | undefined;

  constructor(world: World<RabbitFact>) {
    this.#world = world;
  }

  happen(work: () => void): void {
    const { clock } = this.#world;
    this.#run();
    clock.after(0, work);
    this.#run();
    clearTimeout(this.#due);
    if (clock.next < Infinity)
      this.#due = setTimeout(() => this.happen(() => undefined), clock.next - this.#now + 1).unref();
  }

  #run(): void {
    this.#world.run(this.#now);
    this.#world.clock.advance(this.#now);
  }

  get #now(): number {
    return Math.floor(performance.now() - this.#start);
  }
}
