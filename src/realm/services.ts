import type { BusServer, Handler, SubscribeOptions } from '../brokers/bus/server.ts';
import type { Calls } from '../kernel/calls.ts';
import { context } from '../kernel/context.ts';
import { Life } from '../kernel/node.ts';

/** The life of the node that is running. @throws when nothing runs: then it is our mistake, or a scenario's */
export function ownLife(what: string): Life {
  const { owner } = context();
  if (owner instanceof Life) return owner;
  throw new Error(`${what} can be used in a service only`);
}

/** The bus as learner code sees it: it acts as whoever is running. */
export const eventBus = (bus: BusServer) => ({
  publish: (type: string, data?: unknown) => bus.publish(type, data),
  subscribe: (pattern: string, handler: Handler, options?: SubscribeOptions) => {
    const unsubscribe = bus.subscribe(ownLife('eventBus.subscribe'), pattern, handler, options);
    return { unsubscribe };
  },
});

/** Asks another service for something and waits for the answer. */
export const calling =
  (calls: Calls) =>
  (service: string, method: string, ...args: unknown[]) =>
    calls.call(service, method, args);
