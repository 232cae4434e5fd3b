import type { BusServer } from '../brokers/bus/server.ts';
import { storeFacade } from '../brokers/eventstore/facade.ts';
import type { EventStoreServer } from '../brokers/eventstore/server.ts';
import type { Calls } from '../kernel/calls.ts';
import type { World } from '../kernel/world.ts';
import * as check from '../lessons/check.ts';
import * as scenario from '../lessons/scenario.ts';
import { outerWorld } from './outer.ts';
import { calling, eventBus, virtualConsole, virtualProcess } from './services.ts';

/** The brokers and stores of one run. */
export interface Parts {
  readonly world: World;
  readonly bus: BusServer;
  readonly calls: Calls;
  readonly store: EventStoreServer;
}

/** What every file sees without an import. */
export function services({ world, bus, calls, store }: Parts): Record<string, unknown> {
  return {
    eventBus: eventBus(bus),
    eventStore: storeFacade(store, world),
    generateId: () => world.random.uuid(),
    call: calling(calls),
    console: virtualConsole(world),
    process: virtualProcess(world),
  };
}

/** The modules that are made anew for each run. */
export function builtins({ world }: Parts, eda: Record<string, unknown>): Record<string, unknown> {
  return {
    eda,
    'eda/world': outerWorld(world),
    'eda/scenario': scenario,
    'eda/check': check,
  };
}
