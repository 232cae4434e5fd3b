import { context, within } from '../kernel/context.ts';

/** What a simulated socket can tell; see `net.ts`. */
interface Telling {
  saying(channel: number): void;
  causeOf(channel: number, deliveryTag: number): number | undefined;
}

type Method = (this: unknown, ...args: unknown[]) => unknown;

/** The classes of amqplib that are watched, by their prototypes. */
interface Watched {
  readonly Connection: { readonly prototype: { sendMethod: Method; sendMessage: Method } };
  readonly BaseChannel: { readonly prototype: { handleDelivery: Method } };
}

/**
 * Watches amqplib where it turns calls into frames and frames into calls, and changes nothing: each method frame is noted
 * with the line that asked for it, and a consumer's callback runs because of the delivery that it is called with. A byte
 * stream alone could not tell.
 */
export function witness({ Connection, BaseChannel }: Watched): void {
  const { prototype } = Connection;
  for (const name of ['sendMethod', 'sendMessage'] as const) {
    const send = prototype[name];
    prototype[name] = function (this: { readonly stream: Telling }, channel: unknown, ...rest: unknown[]) {
      this.stream.saying(channel as number);
      return send.call(this, channel, ...rest);
    } as Method;
  }
  const handle = BaseChannel.prototype.handleDelivery;
  BaseChannel.prototype.handleDelivery = function (
    this: { readonly ch: number; readonly connection: { readonly stream: Telling } },
    message: { readonly fields: { readonly deliveryTag: number } },
  ) {
    const cause = this.connection.stream.causeOf(this.ch, message.fields.deliveryTag);
    return within({ owner: context().owner, cause: cause ?? context().cause }, () => handle.call(this, message));
  } as Method;
}
