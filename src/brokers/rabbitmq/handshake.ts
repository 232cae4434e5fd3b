import { longstr, type Table } from './field.ts';
import type { Fields, Method, MethodName } from './method.ts';
import { refuse } from './refusal.ts';
import { user } from './server.ts';

/** What the server offers, and the least that it accepts (`rabbit_reader`): channels, bytes, seconds. */
const offer = { channelMax: 2047, frameMax: 131_072, heartbeat: 60 } as const;
const frameMin = 4_096;

const able = { type: 'bool', value: true } as const;

const serverProperties: Table = {
  capabilities: {
    type: 'table',
    value: {
      publisher_confirms: able,
      exchange_exchange_bindings: able,
      'basic.nack': able,
      consumer_cancel_notify: able,
      'connection.blocked': able,
      consumer_priorities: able,
      authentication_failure_close: able,
      per_consumer_qos: able,
      direct_reply_to: able,
    },
  },
  cluster_name: longstr('rabbit@eventarium'),
  copyright: longstr('a simulation of RabbitMQ 4.0 by Eventarium'),
  platform: longstr('Eventarium'),
  product: longstr('RabbitMQ'),
  version: longstr('4.0.5'),
};

/** What client and server have agreed on: bytes, seconds; 0 for no limit. */
export interface Agreed {
  readonly frameMax: number;
  readonly heartbeat: number;
}

/** The opening of a connection (AMQP 0-9-1 §2.2.4): start, tune, open, each when the one before is answered. */
export class Handshake {
  readonly #say: <M extends MethodName>(name: M, fields: Fields<M>) => void;
  #next: 'connection.start-ok' | 'connection.tune-ok' | 'connection.open' | undefined;
  #tuned: Agreed = { frameMax: offer.frameMax, heartbeat: 0 };

  constructor(say: <M extends MethodName>(name: M, fields: Fields<M>) => void) {
    this.#say = say;
  }

  /** The client has said which protocol it speaks. Once is enough. */
  start(): void {
    if (this.#next !== undefined) return;
    this.#next = 'connection.start-ok';
    const mechanisms = 'PLAIN';
    this.#say('connection.start', { versionMajor: 0, versionMinor: 9, serverProperties, mechanisms, locales: 'en_US' });
  }

  /** The next method of the client; gives what was agreed on when the connection is open. @throws Refusal */
  accept(method: Method): Agreed | undefined {
    if (method.name !== this.#next)
      throw refuse('command-invalid', `unexpected method in connection state: '${method.name}'`);
    if (method.name === 'connection.start-ok') {
      authenticate(method.fields);
      this.#next = 'connection.tune-ok';
      this.#say('connection.tune', offer);
    } else if (method.name === 'connection.tune-ok') {
      const { frameMax, channelMax, heartbeat } = method.fields;
      if (frameMax !== 0 && frameMax < frameMin)
        throw refuse(
          'not-allowed',
          `negotiated frame_max = ${frameMax} is lower than the minimum allowed value (${frameMin})`,
        );
      if (frameMax === 0 || frameMax > offer.frameMax)
        throw refuse(
          'not-allowed',
          `negotiated frame_max = ${frameMax} is higher than the maximum allowed value (${offer.frameMax})`,
        );
      if (channelMax === 0 || channelMax > offer.channelMax)
        throw refuse(
          'not-allowed',
          `negotiated channel_max = ${channelMax} is higher than the maximum allowed value (${offer.channelMax})`,
        );
      this.#tuned = { frameMax, heartbeat };
      this.#next = 'connection.open';
    } else if (method.name === 'connection.open') {
      const { virtualHost } = method.fields;
      if (virtualHost !== '/') throw refuse('not-allowed', `vhost ${virtualHost} not found`);
      return this.#tuned;
    }
    return undefined;
  }
}

/** @throws Refusal (403) in the server's words, which give nothing away */
function authenticate({ mechanism, response }: Fields<'connection.start-ok'>): void {
  if (mechanism === 'PLAIN' && response === `\0${user.name}\0${user.password}`) return;
  throw refuse(
    'access-refused',
    `Login was refused using authentication mechanism ${mechanism}. For details see the broker logfile.`,
  );
}
