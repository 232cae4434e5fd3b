import type { Duplex } from 'node:stream';
import { Buffer } from 'buffer';
import { context } from '../kernel/context.ts';
import { Life } from '../kernel/node.ts';
import { NotSimulated, partial } from '../kernel/notsimulated.ts';
import type { World } from '../kernel/world.ts';
import { Connection, type Listening } from './transport.ts';

/** Where a client wants to go, as Node's `net.connect` takes it. */
interface Address {
  readonly host?: string;
  readonly port: number;
}

type DuplexClass = new (options?: object) => Duplex;

/** Servers by port: names of hosts are all the same here, as behind a docker-compose file. */
export type Servers = ReadonlyMap<number, Listening>;

/**
 * Node's `net` and `tls` for one process, as far as client libraries ask for them: sockets that are streams of that
 * process's own `stream` module and travel over the simulated network. There is no encryption: nobody listens.
 */
export function sockets(world: World, servers: Servers, { Duplex }: { readonly Duplex: DuplexClass }) {
  class Socket extends Duplex {
    connecting = true;
    #connection: Connection | undefined;
    #timeout: number | undefined;
    /** Of deliveries that have arrived and were not handed on. */
    readonly #causes = new Map<string, number>();

    constructor({ host = 'localhost', port }: Address) {
      super({ highWaterMark: 64 * 1024 });
      const { owner } = context();
      if (!(owner instanceof Life)) throw new NotSimulated('net.connect outside a service');
      const server = servers.get(port);
      if (!server) {
        world.timers.setImmediate(() => this.#fail('ECONNREFUSED', `connect ECONNREFUSED ${host}:${port}`));
        return;
      }
      this.#connection = new Connection(world, owner, server, {
        connected: () => {
          this.connecting = false;
          this.emit('connect');
          this.emit('secureConnect');
          this.emit('ready');
        },
        received: (bytes, causes) => {
          for (const { channel, deliveryTag, cause } of causes) {
            if (crashes(world, owner.node)) return;
            this.#causes.set(`${channel}:${deliveryTag}`, cause);
          }
          if (!this.destroyed) this.push(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length));
        },
        ended: () => {
          if (!this.destroyed) this.push(null);
        },
        failed: (code) => this.#fail(code, code === 'ECONNRESET' ? `read ${code}` : `connect ${code} ${host}:${port}`),
      });
    }

    /** For `witness.ts`: something is said on this channel, here and now. */
    saying(channel: number): void {
      this.#connection?.note({ channel, cause: context().cause, at: world.guard.here });
    }

    /** For `witness.ts`: the entry of the journal that this delivery is. */
    causeOf(channel: number, deliveryTag: number): number | undefined {
      const key = `${channel}:${deliveryTag}`;
      const cause = this.#causes.get(key);
      this.#causes.delete(key);
      return cause;
    }

    override _read(): void {
      // What arrives is pushed; the stream keeps what nobody has read.
    }

    override _write(chunk: Uint8Array, _encoding: string, done: () => void): void {
      this.#connection?.write(chunk);
      done();
    }

    override _final(done: () => void): void {
      this.#connection?.end();
      done();
    }

    override _destroy(error: Error | null, done: (error: Error | null) => void): void {
      world.timers.clear(this.#timeout);
      this.#connection?.end();
      done(error);
    }

    /** Emits `timeout` after so many ms; 0 takes it back. */
    setTimeout(ms: number, heard?: () => void): this {
      world.timers.clear(this.#timeout);
      if (ms > 0) this.#timeout = world.timers.setTimeout(() => this.emit('timeout'), ms);
      if (ms > 0 && heard) this.once('timeout', heard);
      return this;
    }

    setNoDelay(): this {
      return this;
    }

    setKeepAlive(): this {
      return this;
    }

    ref(): this {
      return this;
    }

    unref(): this {
      return this;
    }

    #fail(code: string, message: string): void {
      if (!this.destroyed) this.destroy(Object.assign(new Error(message), { code }));
    }
  }

  const connect = (address: Address, connected?: () => void): Socket => {
    const socket = new Socket(address);
    if (connected) socket.once('connect', connected);
    return socket;
  };
  const isIPv4 = (text: unknown) => /^(\d{1,3}\.){3}\d{1,3}$/.test(String(text));
  const isIPv6 = (text: unknown) => String(text).includes(':');
  const parts = {
    connect,
    createConnection: connect,
    Socket,
    isIP: (text: unknown) => (isIPv4(text) ? 4 : isIPv6(text) ? 6 : 0),
    isIPv4,
    isIPv6,
  };
  return { net: partial('net', parts), tls: partial('tls', parts) };
}

/** `crash@node:before-handling`: a delivery has arrived, and its node is gone. */
function crashes(world: World, node: string): boolean {
  if (!world.faults.strike('crash', [node], 'before-handling')) return false;
  world.record(node, { type: 'fault.struck', kind: 'crash', place: node });
  world.crash(node, 'fault');
  return true;
}
