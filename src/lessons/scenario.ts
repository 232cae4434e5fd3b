import type { Input } from '../kernel/run.ts';

/** What happens in the world at a virtual time (ms): everything a learner could do by hand, and what only a scenario can. */
export type Command =
  | Input
  /** Somebody outside asks a service for something; the answer is in the journal as for any `call`. */
  | {
      readonly time: number;
      readonly do: 'call';
      readonly service: string;
      readonly method: string;
      readonly args: readonly unknown[];
    }
  | { readonly time: number; readonly do: 'start'; readonly node: string };

/** A scenario written out for one run. */
export interface Plan {
  /** In the order of their times; commands of one time in the order in which they were written. */
  readonly commands: readonly Command[];
  /** Nodes that do not start by themselves at time 0: those that a command starts later and those left out. */
  readonly asleep: ReadonlySet<string>;
}

/** One instant of the world. Every word adds a command and gives the instant back. */
export interface Moment {
  /** Calls a method that a service offers, as a client from outside. */
  call(service: string, method: string, ...args: unknown[]): Moment;
  /** Publishes an event on the bus, as somebody outside. */
  publish(event: string, data: unknown): Moment;
  /** Starts a service that is not there from the beginning. */
  start(node: string): Moment;
  crash(node: string): Moment;
  restart(node: string): Moment;
  pause(node: string): Moment;
  resume(node: string): Moment;
  /** Begins the projection anew from the first event, beside the one that goes on; its read models are its own. */
  rebuild(node: string): Moment;
}

export interface World {
  /** The instant `time` virtual milliseconds after the beginning. */
  at(time: number): Moment;
  /** A number in [0, 1) from the run's own seed: the same seed gives the same world. */
  random(): number;
  /** Which of a rule's compared runs this is; `undefined` in the ordinary one. */
  readonly variant: string | undefined;
  /** In this run the service is not there at all. */
  without(node: string): void;
}

/** Writes the scenario out. `random` gives numbers in [0, 1) from the run's seed. */
export type Scenario = (random: () => number, variant?: string) => Plan;

/**
 * Says what happens in the world. The builder runs once for every run, so it may draw from `world.random()`.
 *
 * @example export default scenario((world) => { world.at(100).call('order-service', 'createOrder', { amount: 3000 }); });
 * @throws RangeError from `at` when a time is not a number of milliseconds from 0 on.
 */
export function scenario(build: (world: World) => void): Scenario {
  return (random, variant) => {
    const commands: Command[] = [];
    const asleep = new Set<string>();

    const at = (time: number): Moment => {
      if (!(time >= 0 && time < Infinity))
        throw new RangeError(`at(${time}): a time is a number of milliseconds from 0 on`);
      const add = (command: Command): Moment => {
        commands.push(command);
        return moment;
      };
      const moment: Moment = {
        call: (service, method, ...args) => add({ time, do: 'call', service, method, args }),
        publish: (event, data) => add({ time, do: 'publish', event, data }),
        start: (node) => {
          asleep.add(node);
          return add({ time, do: 'start', node });
        },
        crash: (node) => add({ time, do: 'crash', node }),
        restart: (node) => add({ time, do: 'restart', node }),
        pause: (node) => add({ time, do: 'pause', node }),
        resume: (node) => add({ time, do: 'resume', node }),
        rebuild: (node) => add({ time, do: 'rebuild', node }),
      };
      return moment;
    };

    build({ at, random, variant, without: (node) => void asleep.add(node) });
    return { commands: commands.sort((a, b) => a.time - b.time), asleep };
  };
}
