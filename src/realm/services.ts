import type { BusServer, Handler, SubscribeOptions } from '../brokers/bus/server.ts';
import type { Calls } from '../kernel/calls.ts';
import { context, running } from '../kernel/context.ts';
import type { ConsoleLogged } from '../kernel/facts.ts';
import { Life } from '../kernel/node.ts';
import type { World } from '../kernel/world.ts';
import { format } from './inspect.ts';

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

/** `console`: what is logged is a fact, in the words that Node would print. */
export function virtualConsole(world: World) {
  const log =
    (level: ConsoleLogged['level']) =>
    (...args: unknown[]): void => {
      const at = world.guard.here;
      world.record(running(), {
        type: 'console.logged',
        level,
        text: format(args, (error) => world.describe(error).at),
        ...(at ? { at } : {}),
      });
    };
  const started = new Map<string, number>();
  const counts = new Map<string, number>();
  const print = log('log');
  return {
    log: print,
    info: log('info'),
    warn: log('warn'),
    error: log('error'),
    debug: log('debug'),
    trace: log('error'),
    dir: (value: unknown) => print(value),
    table: (value: unknown) => print(value),
    assert: (condition: unknown, ...args: unknown[]) => {
      if (!condition) log('error')(args.length > 0 ? 'Assertion failed:' : 'Assertion failed', ...args);
    },
    count: (label = 'default') => {
      counts.set(label, (counts.get(label) ?? 0) + 1);
      print(`${label}: ${counts.get(label)}`);
    },
    time: (label = 'default') => void started.set(label, world.now),
    timeEnd: (label = 'default') => print(`${label}: ${world.now - (started.get(label) ?? world.now)}ms`),
    group: (...args: unknown[]) => (args.length > 0 ? print(...args) : undefined),
    groupEnd: () => undefined,
  };
}
