import { kernelFactTypes, type KernelFact } from '../kernel/facts.ts';
import type { Entry } from '../kernel/journal.ts';
import { busFactTypes, type BusFact } from './bus/state.ts';
import { storeFactTypes, type StoreFact } from './eventstore/state.ts';
import { rabbitFactTypes, type RabbitFact } from './rabbitmq/state.ts';
import { tablesFactTypes, type TablesFact } from './tables/state.ts';

/** Everything a journal can hold: views, lessons and stores switch over this union and the compiler counts the cases. */
export type WorldFact = KernelFact | BusFact | StoreFact | TablesFact | RabbitFact;
export type WorldEntry = Entry<WorldFact>;

export const worldFactTypes = [
  ...kernelFactTypes,
  ...busFactTypes,
  ...storeFactTypes,
  ...tablesFactTypes,
  ...rabbitFactTypes,
];
