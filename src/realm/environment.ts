import * as buffer from 'buffer';
import type { BusServer } from '../brokers/bus/server.ts';
import { storeFacade } from '../brokers/eventstore/facade.ts';
import type { EventStoreServer } from '../brokers/eventstore/server.ts';
import { dbFacade, readModelFacade } from '../brokers/tables/facade.ts';
import type { TablesServer } from '../brokers/tables/server.ts';
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
}

/** Finds a module by its name, for one life of one node. */
export type Require = (name: string) => unknown;

/** What one life of a node finds around itself: `services` without an import, `modules` by name. */
export interface Surroundings {
  readonly services: object;
  readonly modules: Readonly<Record<string, unknown>>;
}

/** What every life of one run shares, and what each has for itself. */
export function environment({ world, bus, calls, store, tables }: Parts): (require: Require) => Surroundings {
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
  return (require) => {
    const services = {
      ...shared,
      console: virtualConsole(world),
      prometheus: prometheus(() => require('prom-client') as typeof import('prom-client')),
    };
    return { services, modules: { ...modules, eda: services } };
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
