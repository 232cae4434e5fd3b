import type { BusState } from '../brokers/bus/state.ts';
import { subscriber, type Airborne } from './flights.ts';

/** Where an event is, as an input of the run names it: a link (`from>to`) or the line of a subscription (`node:pattern`). */
export interface Whereabouts {
  readonly kind: 'publish' | 'deliver' | 'waiting';
  readonly place: string;
  readonly to: string;
}

/** All the places where event `id` is at a moment, from what is in the air and what the bus knows then. */
export function whereabouts(id: string, air: readonly Airborne[], { subscriptions }: BusState): Whereabouts[] {
  const flying: Whereabouts[] = air.flatMap(({ flight: { id: flown, kind, from, to, fate } }) =>
    flown === id && kind !== 'call' && fate !== 'lost' ? [{ kind, place: `${from}>${to}`, to }] : [],
  );
  const waiting = [...subscriptions.values()]
    .filter(({ unsettled, node }) => unsettled.get(id) === 0 && !flying.some(({ to }) => to === node))
    .map((subscription) => ({ kind: 'waiting' as const, place: subscription.id, to: subscriber(subscription.id) }));
  return [...flying, ...waiting];
}
