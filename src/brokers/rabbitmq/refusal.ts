/**
 * Why the server closes a channel or a connection: the constants of AMQP 0-9-1 §1.2 as RabbitMQ uses them
 * (`rabbit_framing_amqp_0_9_1:lookup_amqp_exception`). A `hard` one closes the connection.
 */
const reasons = {
  'content-too-large': { code: 311, hard: false },
  'access-refused': { code: 403, hard: false },
  'not-found': { code: 404, hard: false },
  'resource-locked': { code: 405, hard: false },
  'precondition-failed': { code: 406, hard: false },
  'connection-forced': { code: 320, hard: true },
  'frame-error': { code: 501, hard: true },
  'syntax-error': { code: 502, hard: true },
  'command-invalid': { code: 503, hard: true },
  'channel-error': { code: 504, hard: true },
  'unexpected-frame': { code: 505, hard: true },
  'not-allowed': { code: 530, hard: true },
  'not-implemented': { code: 540, hard: true },
} as const;

export type Reason = keyof typeof reasons;

/** Something that a client asked for and the server refuses: the code and the text that stand in its `close` method. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: number;
  /** Does it close the connection, and not only the channel? */
  readonly hard: boolean;

  constructor(reason: Reason, text: string) {
    super(`${reason.toUpperCase().replaceAll('-', '_')} - ${text}`);
    this.code = reasons[reason].code;
    this.hard = reasons[reason].hard;
  }
}

/** To be thrown by whoever refuses. `text` is in RabbitMQ's words, without the name of the reason. */
export const refuse = (reason: Reason, text: string): Refusal => new Refusal(reason, text);

/** As RabbitMQ names a thing in its texts (`rabbit_misc:rs`). The one virtual host is `/`. */
export const naming = (kind: 'queue' | 'exchange', name: string): string => `${kind} '${name}' in vhost '/'`;
