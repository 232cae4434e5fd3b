/** An event as a store keeps it. `revision` counts from 0 in its stream, `position` from 0 over the whole store. */
export interface StoredEvent {
  readonly id: string;
  readonly stream: string;
  readonly revision: number;
  readonly position: number;
  readonly type: string;
  readonly data: unknown;
  readonly metadata?: unknown;
  /** ISO 8601, virtual time of the run that stored it. */
  readonly created: string;
}

/** What a run starts from: all events of the store in the order of their positions. */
export type StoredEvents = readonly StoredEvent[];
