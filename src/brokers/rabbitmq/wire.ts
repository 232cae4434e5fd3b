import { context, within } from '../../kernel/context.ts';
import type { Place } from '../../kernel/facts.ts';
import { microtasks } from '../../kernel/microtasks.ts';
import { NotSimulated } from '../../kernel/notsimulated.ts';
import type { Delivery, Listener, Returned } from './broker.ts';
import { Reader, Writer } from './bytes.ts';
import type { Channel } from './channel.ts';
import { perform } from './commands.ts';
import { readProperties, writeProperties, type Content, type Properties } from './content.ts';
import { Framer, frameOverhead, frameTypes, protocolHeader, type Frame } from './frames.ts';
import { Handshake } from './handshake.ts';
import { idOf, readMethod, writeMethod, type Fields, type Method, type MethodName } from './method.ts';
import { refuse, Refusal } from './refusal.ts';
import type { Connection, RabbitServer } from './server.ts';

/** The way back to the client. */
export interface Wire {
  /** `causes` says which entry of the journal each delivery in it is. */
  send(bytes: Uint8Array, causes: readonly DeliveryCause[]): void;
  /** Nothing more will be sent. */
  end(): void;
}

/** Why a client said what it said on this channel. */
export interface Origin {
  readonly channel: number;
  readonly cause: number | undefined;
  readonly at: Place | undefined;
}

export interface DeliveryCause {
  readonly channel: number;
  readonly deliveryTag: number;
  readonly cause: number;
}

/** A message of which not all frames have arrived. */
interface Unfinished {
  readonly publish: Fields<'basic.publish'>;
  readonly origin: Origin | undefined;
  properties?: Properties;
  readonly pieces: Uint8Array[];
  missing: number;
}

/** Confirmations that wait for more of their kind, so that one frame can stand for all. */
interface Confirmations {
  readonly outcome: 'ack' | 'nack';
  readonly tag: number;
  readonly count: number;
}

/**
 * One connection of AMQP 0-9-1, on the server's side: bytes in, commands to the broker, bytes out. What is said within one
 * step travels together. A refusal closes the channel or the connection, as the protocol says, and nothing else.
 */
export class Session {
  readonly #server: RabbitServer;
  readonly #client: string;
  readonly #wire: Wire;
  readonly #framer = new Framer();
  readonly #handshake: Handshake;
  #connection: Connection | undefined;
  /** Channels that the server has closed and whose client has not said that it knows. */
  readonly #closing = new Set<number>();
  readonly #origins = new Map<number, Origin[]>();
  readonly #unfinished = new Map<number, Unfinished>();
  readonly #confirmations = new Map<number, Confirmations>();
  /** The server has closed the connection; `ended`: nobody listens any more. */
  #refusing = false;
  #ended = false;
  /** Consumers whose queue is gone: they hear it after the answers of this step. */
  #cancelled: [channel: number, consumerTag: string][] = [];
  #out: Writer | undefined;
  #causes: DeliveryCause[] = [];
  #lastSent = 0;
  #lastReceived = 0;

  constructor(server: RabbitServer, client: string, wire: Wire) {
    this.#server = server;
    this.#client = client;
    this.#wire = wire;
    this.#handshake = new Handshake((name, fields) => this.send(0, name, fields));
  }

  /** Bytes of the client, in any pieces; `origins` are those of its next methods, in the order of each channel. */
  receive(bytes: Uint8Array, origins: readonly Origin[] = []): void {
    if (this.#ended) return;
    for (const origin of origins) {
      const known = this.#origins.get(origin.channel);
      if (known) known.push(origin);
      else this.#origins.set(origin.channel, [origin]);
    }
    this.#lastReceived = this.#server.broker.world.now;
    this.#framer.feed(bytes);
    let current: Frame | undefined;
    try {
      const greeted = this.#framer.greeting();
      if (greeted === false) {
        this.#wire.send(protocolHeader, []);
        this.#close();
      }
      if (!greeted) return;
      this.#handshake.start();
      while (!this.#ended && (current = this.#framer.next())) this.#accept(current);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.#refuseConnection(error);
    }
  }

  /** The client is gone without a word, or its socket broke. */
  lost(): void {
    if (this.#ended) return;
    this.#ended = true;
    if (!this.#refusing) this.#connection?.end('lost');
  }

  /** Writes a method to a channel; it leaves at the end of the step. */
  send<M extends MethodName>(channel: number, name: M, fields: Fields<M>): void {
    if (this.#ended) return;
    this.#flushConfirmations(channel);
    const out = this.#writer();
    out.frame(frameTypes.method, channel, () => writeMethod(out, name, fields));
  }

  #accept(frame: Frame): void {
    const { type, channel } = frame;
    if (type === frameTypes.heartbeat) return;
    if (this.#refusing && type !== frameTypes.method) return;
    if (type === frameTypes.method) this.#method(channel, readMethod(new Reader(frame.payload)));
    else if (this.#closing.has(channel)) return;
    else if (type === frameTypes.header) this.#header(channel, new Reader(frame.payload));
    else if (type === frameTypes.body) this.#body(channel, frame.payload);
    else throw refuse('frame-error', `type ${type}, unknown frame`);
  }

  #method(channel: number, method: Method): void {
    const origin = this.#origins.get(channel)?.shift();
    if (this.#refusing) {
      if (method.name === 'connection.close-ok' || method.name === 'connection.close') this.#close();
      return;
    }
    if (this.#closing.has(channel)) {
      if (method.name === 'channel.close-ok') this.#closing.delete(channel);
      else if (method.name === 'channel.close') this.send(channel, 'channel.close-ok', {});
      return;
    }
    if (this.#unfinished.has(channel))
      throw refuse('unexpected-frame', `expected content header for class 60, got non content header frame instead`);
    this.#because(origin, () => {
      try {
        this.#perform(channel, method, origin);
      } catch (error) {
        this.#refused(channel, method.name, error);
      }
    });
  }

  #because(origin: Origin | undefined, work: () => void): void {
    within({ owner: undefined, cause: origin?.cause ?? context().cause }, work);
  }

  #perform(channel: number, method: Method, origin: Origin | undefined): void {
    if (channel === 0) {
      this.#onConnection(method);
      return;
    }
    const connection = this.#connection;
    if (!connection) throw refuse('channel-error', 'channel 0 is not open');
    const open = connection.channel(channel);
    if (method.name === 'channel.open') {
      if (open) throw refuse('channel-error', `second 'channel.open' seen`);
      connection.open(channel, this.#listener(channel));
      this.send(channel, 'channel.open-ok', { channelId: '' });
    } else if (!open) throw refuse('channel-error', `expected 'channel.open'`);
    else if (method.name === 'channel.close') {
      connection.closeChannel(channel);
      this.send(channel, 'channel.close-ok', {});
    } else if (method.name === 'basic.publish') {
      if (method.fields.immediate) throw refuse('not-implemented', 'immediate=true');
      this.#unfinished.set(channel, { publish: method.fields, origin, pieces: [], missing: 0 });
    } else this.#command(channel, open, method);
  }

  #command(channel: number, open: Channel, method: Method): void {
    const acknowledges = method.name === 'basic.ack';
    if (acknowledges && this.#crashes('before-ack')) return;
    perform(open, method, (name, fields) => this.send(channel, name, fields));
    if (acknowledges) this.#crashes('after-ack');
  }

  #onConnection(method: Method): void {
    switch (method.name) {
      case 'connection.close':
        this.send(0, 'connection.close-ok', {});
        this.#connection?.end('closed');
        this.#close();
        break;
      case 'connection.update-secret':
        this.send(0, 'connection.update-secret-ok', {});
        break;
      default: {
        const agreed = this.#handshake.accept(method);
        if (!agreed) break;
        this.#framer.frameMax = agreed.frameMax;
        this.#connection = this.#server.connect(this.#client, (refusal) => this.#sayClosed(refusal));
        this.send(0, 'connection.open-ok', { knownHosts: '' });
        this.#keepAlive(agreed.heartbeat);
      }
    }
  }

  #header(channel: number, reader: Reader): void {
    const unfinished = this.#unfinished.get(channel);
    if (!unfinished || unfinished.properties) throw refuse('unexpected-frame', 'content header without a method');
    reader.short();
    reader.short();
    unfinished.missing = Number(reader.longlong());
    unfinished.properties = readProperties(reader);
    this.#finish(channel, unfinished);
  }

  #body(channel: number, payload: Uint8Array): void {
    const unfinished = this.#unfinished.get(channel);
    if (!unfinished?.properties) throw refuse('unexpected-frame', 'content body without a content header');
    unfinished.pieces.push(payload);
    unfinished.missing -= payload.length;
    this.#finish(channel, unfinished);
  }

  #finish(channel: number, unfinished: Unfinished): void {
    if (unfinished.missing > 0) return;
    this.#unfinished.delete(channel);
    this.#because(unfinished.origin, () => this.#publish(channel, unfinished));
  }

  #publish(channel: number, { publish, properties, pieces, origin }: Unfinished): void {
    const { exchange, routingKey, mandatory } = publish;
    try {
      this.#connection!.channel(channel)!.publish({
        exchange,
        routingKey,
        mandatory,
        content: { properties: properties!, body: joined(pieces) },
        at: origin?.at,
      });
    } catch (error) {
      this.#refused(channel, 'basic.publish', error);
    }
  }

  /** `crash@node:before-ack`: the acknowledgement never came; `after-ack`: it was the last thing that the node said. */
  #crashes(point: 'before-ack' | 'after-ack'): boolean {
    const { world } = this.#server.broker;
    if (!world.faults.strike('crash', [this.#client], point)) return false;
    world.record(this.#client, { type: 'fault.struck', kind: 'crash', place: this.#client });
    world.crash(this.#client, 'fault');
    return true;
  }

  #refused(channel: number, method: MethodName, error: unknown): void {
    const refusal = error instanceof NotSimulated ? refuse('not-implemented', `NotSimulated: ${error.message}`) : error;
    if (!(refusal instanceof Refusal)) throw error;
    if (refusal.hard || channel === 0) {
      this.#refuseConnection(refusal, method);
      return;
    }
    const [classId, methodId] = idOf(method);
    const { code, message: text } = refusal;
    this.#closing.add(channel);
    this.#unfinished.delete(channel);
    this.#connection!.closeChannel(channel, { code, text });
    this.send(channel, 'channel.close', { replyCode: code, replyText: cut(text), classId, methodId });
  }

  #refuseConnection(refusal: Refusal, method?: MethodName): void {
    const { code, message: text } = refusal;
    this.#sayClosed(refusal, method);
    this.#connection?.end('refused', { code, text });
  }

  #sayClosed({ code, message }: Refusal, method?: MethodName): void {
    const [classId, methodId] = method ? idOf(method) : [0, 0];
    this.send(0, 'connection.close', { replyCode: code, replyText: cut(message), classId, methodId });
    this.#refusing = true;
  }

  #listener(channel: number): Listener {
    return {
      deliver: (delivery) => this.#deliver(channel, delivery),
      cancelled: (consumerTag) => {
        this.#writer();
        this.#cancelled.push([channel, consumerTag]);
      },
      returned: (message) => this.#return(channel, message),
      confirmed: (tag, outcome) => this.#confirm(channel, tag, outcome),
    };
  }

  #deliver(channel: number, { content, cause, consumerTag, left, ...delivery }: Delivery): void {
    const { deliveryTag } = delivery;
    if (consumerTag === undefined) this.send(channel, 'basic.get-ok', { ...delivery, messageCount: left });
    else this.send(channel, 'basic.deliver', { consumerTag, ...delivery });
    this.#content(channel, content);
    this.#causes.push({ channel, deliveryTag, cause });
  }

  #return(channel: number, { exchange, routingKey, content }: Returned): void {
    this.send(channel, 'basic.return', { replyCode: 312, replyText: 'NO_ROUTE', exchange, routingKey });
    this.#content(channel, content);
  }

  #confirm(channel: number, tag: number, outcome: 'ack' | 'nack'): void {
    const pending = this.#confirmations.get(channel);
    if (pending && pending.outcome !== outcome) this.#flushConfirmations(channel);
    this.#writer();
    this.#confirmations.set(channel, { outcome, tag, count: pending?.outcome === outcome ? pending.count + 1 : 1 });
  }

  #flushConfirmations(channel: number): void {
    const pending = this.#confirmations.get(channel);
    if (!pending) return;
    this.#confirmations.delete(channel);
    const { outcome, tag: deliveryTag, count } = pending;
    if (outcome === 'ack') this.send(channel, 'basic.ack', { deliveryTag, multiple: count > 1 });
    else this.send(channel, 'basic.nack', { deliveryTag, multiple: count > 1, requeue: false });
  }

  #content(channel: number, { properties, body }: Content): void {
    const out = this.#writer();
    out.frame(frameTypes.header, channel, () => {
      out.short(60);
      out.short(0);
      out.longlong(body.length);
      writeProperties(out, properties);
    });
    const largest = this.#framer.frameMax > 0 ? this.#framer.frameMax - frameOverhead : body.length;
    for (let at = 0; at < body.length; at += largest)
      out.frame(frameTypes.body, channel, () => out.raw(body.subarray(at, at + largest)));
  }

  /** Sends a heartbeat when there was nothing else to say, and gives a silent client up, both in the background. */
  #keepAlive(heartbeat: number): void {
    if (heartbeat === 0) return;
    const half = (heartbeat * 1000) / 2;
    const { clock } = this.#server.broker.world;
    this.#lastReceived = clock.now;
    const beat = () => {
      if (this.#ended) return;
      if (clock.now - this.#lastReceived > 4 * half) {
        this.lost();
        this.#wire.end();
        return;
      }
      if (clock.now - this.#lastSent >= half) {
        const out = this.#writer();
        out.frame(frameTypes.heartbeat, 0, () => undefined);
      }
      clock.after(half, beat, true);
    };
    clock.after(half, beat, true);
  }

  #writer(): Writer {
    if (!this.#out) {
      this.#out = new Writer();
      microtasks.add({ context: context(), run: () => this.#flush() });
    }
    return this.#out;
  }

  #flush(): void {
    for (const channel of [...this.#confirmations.keys()]) this.#flushConfirmations(channel);
    for (const [channel, consumerTag] of this.#cancelled.splice(0))
      this.send(channel, 'basic.cancel', { consumerTag, nowait: true });
    const bytes = this.#out?.done();
    const causes = this.#causes;
    this.#out = undefined;
    this.#causes = [];
    if (!bytes || bytes.length === 0) return;
    this.#lastSent = this.#server.broker.world.now;
    this.#wire.send(bytes, causes);
  }

  /** Says what is to be said, and nothing after it. */
  #close(): void {
    this.#flush();
    this.#ended = true;
    this.#wire.end();
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

/** A short string has 255 bytes at most; what RabbitMQ says is ASCII. */
const cut = (text: string): string => (text.length > 255 ? text.slice(0, 255) : text);
