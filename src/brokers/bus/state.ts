import type { Failure, Place } from '../../kernel/facts.ts';
import type { Projection } from '../../kernel/projection.ts';

/** How one delivery ended. `lost`: a fault dropped it; `failed`: the handler threw and no retry was left. */
export type Outcome = 'acked' | 'failed' | 'lost';

/**
 * The facts of the bus, in the order of an event's life. `id` is the event's, `subscription` names the durable
 * subscription as `node:pattern` (`node:pattern#2` for the second one of the same pattern), `attempt` counts from 1.
 */
export type BusFact =
  | {
      readonly type: 'bus.subscribed';
      readonly subscription: string;
      readonly pattern: string;
      readonly concurrency: number;
    }
  | { readonly type: 'bus.unsubscribed'; readonly subscription: string }
  /** Recorded at the publishing node when it sends; `event` is the event type. */
  | {
      readonly type: 'bus.published';
      readonly id: string;
      readonly event: string;
      readonly data: unknown;
      readonly at?: Place;
    }
  /** Recorded at `bus` when the event arrives there: it is accepted, and these subscriptions will get it. */
  | { readonly type: 'bus.routed'; readonly id: string; readonly to: readonly string[] }
  /**
   * Recorded at the subscriber when its handler gets a delivery and begins. It left the bus at `sent` and was there at
   * `arrived` (virtual ms); from then on it waited until the handler was free.
   */
  | {
      readonly type: 'bus.delivered';
      readonly id: string;
      readonly subscription: string;
      readonly attempt: number;
      readonly redelivered: boolean;
      readonly sent: number;
      readonly arrived: number;
    }
  /** Recorded at the subscriber when its handler has finished. */
  | {
      readonly type: 'bus.handled';
      readonly id: string;
      readonly subscription: string;
      readonly attempt: number;
      readonly error?: Failure;
    }
  /** Recorded at `bus` when nothing more will be done about this event for this subscription. */
  | { readonly type: 'bus.settled'; readonly id: string; readonly subscription: string; readonly outcome: Outcome };

export const busFactTypes = [
  'bus.subscribed',
  'bus.unsubscribed',
  'bus.published',
  'bus.routed',
  'bus.delivered',
  'bus.handled',
  'bus.settled',
] as const satisfies readonly BusFact['type'][];

export interface Published {
  readonly id: string;
  readonly type: string;
  readonly data: unknown;
  readonly time: number;
  readonly source: string;
  /** The entry that published it. */
  readonly seq: number;
  /** Subscriptions that have not settled it; the event is forgotten when none is left. */
  open: number;
}

export interface Subscription {
  readonly id: string;
  readonly node: string;
  readonly pattern: string;
  readonly concurrency: number;
  /** Events routed here and not settled yet, by event id: how often they were delivered so far. In order of routing. */
  readonly unsettled: Map<string, number>;
}

export interface BusState {
  readonly subscriptions: Map<string, Subscription>;
  /** Events that some subscription has not settled, and those that have not arrived: when their connection broke, they never will. */
  readonly events: Map<string, Published>;
  published: number;
}

/** What the bus knows, derived from its own facts; the server and the views use this very function. */
export const bus: Projection<BusState, BusFact> = {
  initial: () => ({ subscriptions: new Map(), events: new Map(), published: 0 }),
  evolve(state, entry) {
    switch (entry.type) {
      case 'bus.subscribed':
        if (!state.subscriptions.has(entry.subscription))
          state.subscriptions.set(entry.subscription, {
            id: entry.subscription,
            node: entry.node,
            pattern: entry.pattern,
            concurrency: entry.concurrency,
            unsettled: new Map(),
          });
        break;
      case 'bus.unsubscribed': {
        const { unsettled } = state.subscriptions.get(entry.subscription)!;
        state.subscriptions.delete(entry.subscription);
        for (const id of unsettled.keys()) {
          const event = state.events.get(id);
          if (event && --event.open === 0) state.events.delete(id);
        }
        break;
      }
      case 'bus.published':
        state.published++;
        state.events.set(entry.id, {
          id: entry.id,
          type: entry.event,
          data: entry.data,
          time: entry.time,
          source: entry.node,
          seq: entry.seq,
          open: 0,
        });
        break;
      case 'bus.routed': {
        const event = state.events.get(entry.id)!;
        event.open = entry.to.length;
        for (const id of entry.to) state.subscriptions.get(id)!.unsettled.set(entry.id, 0);
        if (event.open === 0) state.events.delete(entry.id);
        break;
      }
      case 'bus.delivered': {
        // A copy can come after the event was settled: it is handled again, but the bus waits for nothing any more.
        const unsettled = state.subscriptions.get(entry.subscription)?.unsettled;
        if (unsettled?.has(entry.id)) unsettled.set(entry.id, entry.attempt);
        break;
      }
      case 'bus.settled': {
        state.subscriptions.get(entry.subscription)?.unsettled.delete(entry.id);
        const event = state.events.get(entry.id);
        if (event && --event.open === 0) state.events.delete(entry.id);
      }
    }
  },
};
