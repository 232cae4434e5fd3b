import * as buffer from 'buffer';
import type { BusServer } from '../brokers/bus/server.ts';
import { storeFacade } from '../brokers/eventstore/facade.ts';
import type { EventStoreServer } from '../brokers/eventstore/server.ts';
import type { RabbitServer } from '../brokers/rabbitmq/server.ts';
import { Session, type Wire } from '../brokers/rabbitmq/wire.ts';
import { place } from '../brokers/rabbitmq/broker.ts';
import { dbFacade, readModelFacade } from '../brokers/tables/facade.ts';
import type { TablesServer } from '../brokers/tables/server.ts';
import { backgroundTimers } from '../clients/background.ts';
import { sockets, type Servers } from '../clients/net.ts';
import { witness } from '../clients/witness.ts';
import type { Calls } from '../kernel/calls.ts';
import { partial } from '../kernel/notsimulated.ts';
import type { World } from '../kernel/world.ts';
import * as check from '../lessons/check.ts';
import * as scenario from '../lessons/scenario.ts';
import { virtualConsole } from './console.ts';
import { prometheus } from './metrics.ts';
import { outerWorld } from './outer.ts';
import { virtualProcess } from './process.ts';
import { calling, eventBus } from './services.ts';
import * as util from './shims/util.ts';

/** The brokers and stores of one run. */
export interface Parts {
  readonly world: World;
  readonly bus: BusServer;
  readonly calls: Calls;
  readonly store: EventStoreServer;
  readonly tables: TablesServer;
  readonly rabbit: RabbitServer;
}

/** Finds a module by its name, for one life of one node. */
export type Require = (name: string) => unknown;

/** What one life of a node finds around itself: `services` without an import, `modules` by name. */
export interface Surroundings {
  readonly services: object;
  readonly modules: Readonly<Record<string, unknown>>;
}

/** What every life of one run shares, and what each has for itself. */
export function environment({ world, bus, calls, store, tables, rabbit }: Parts): (require: Require) => Surroundings {
  const shared = {
    eventBus: eventBus(bus),
    eventStore: storeFacade(store, world),
    readModel: readModelFacade(tables, (position) => store.eventsAfter(position)),
    db: dbFacade(tables),
    generateId: () => world.random.uuid(),
    call: calling(calls),
    process: virtualProcess(world),
    scenario: scenario.scenario,
  };
  const modules = {
    'eda/world': outerWorld(world),
    'eda/scenario': scenario,
    'eda/check': check,
    ...nodeModules(world),
  };
  const network = networkModules(world, rabbit);
  return (require) => {
    const services = {
      ...shared,
      console: virtualConsole(world),
      prometheus: prometheus(() => require('prom-client') as typeof import('prom-client')),
    };
    return { services, modules: Object.assign(network(require), modules, { eda: services }) };
  };
}

/** What client libraries meet instead of the real network: sockets of the process's own streams, each made when asked for. */
function networkModules(world: World, rabbit: RabbitServer): (require: Require) => Record<string, unknown> {
  const rabbitmq = { place, accept: (client: string, wire: Wire) => new Session(rabbit, client, wire) };
  const servers: Servers = new Map([5672, 5671].map((port) => [port, rabbitmq]));
  const timers = backgroundTimers(world);
  return (require) => {
    let made: ReturnType<typeof sockets> | undefined;
    const make = () => (made ??= sockets(world, servers, require('stream') as Parameters<typeof sockets>[2]));
    return {
      'background-timers': timers,
      witness: { witness },
      get net() {
        return make().net;
      },
      get tls() {
        return make().tls;
      },
    };
  };
}

/** As much of Node's own modules as programs that publish and consume ask for. */
function nodeModules(world: World): Record<string, unknown> {
  const { crypto, setTimeout, setInterval, setImmediate, clearTimeout, clearInterval, clearImmediate } = globalThis;
  return {
    buffer,
    util: partial('util', util.default),
    timers: { setTimeout, setInterval, setImmediate, clearTimeout, clearInterval, clearImmediate },
    crypto: partial('crypto', {
      randomUUID: () => world.random.uuid(),
      randomBytes: (size: number) => crypto.getRandomValues(buffer.Buffer.alloc(size)),
      randomInt: (low: number, high?: number) =>
        high === undefined ? world.random.between(0, low - 1) : world.random.between(low, high - 1),
      getRandomValues: <T extends ArrayBufferView<ArrayBuffer>>(array: T) => crypto.getRandomValues(array),
      webcrypto: crypto,
    }),
  };
}
