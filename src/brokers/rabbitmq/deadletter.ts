import { array, integerOf, long, longstr, lookup, textOf, type Field, type Table } from './field.ts';
import type { Properties } from './content.ts';
import type { DeathReason } from './state.ts';

/** How a message died. */
export interface Death {
  readonly queue: string;
  readonly reason: DeathReason;
  readonly exchange: string;
  readonly routingKeys: readonly string[];
  /** Seconds since 1970. */
  readonly time: number;
}

/**
 * The properties of a dead letter: `x-death` says where and why it died, the newest first, one entry for each queue and
 * reason with a growing count; the first and the last death stand in headers of their own; its expiration is gone, so
 * that it does not expire again (`mc_amqpl`, RabbitMQ 4.0).
 */
export function bury(properties: Properties, death: Death): Properties {
  const { expiration, ...others } = properties;
  const headers = properties.headers ?? {};
  const deaths = deathsOf(headers);
  const same = deaths.findIndex(
    (each) => textOf(lookup(each, 'queue')) === death.queue && textOf(lookup(each, 'reason')) === death.reason,
  );
  const again = same >= 0 ? deaths.splice(same, 1)[0] : undefined;
  const first: Table = {
    ...(expiration === undefined ? {} : { 'original-expiration': longstr(expiration) }),
    count: long(1),
    reason: longstr(death.reason),
    queue: longstr(death.queue),
    time: { type: 'timestamp', value: death.time },
    exchange: longstr(death.exchange),
    'routing-keys': array(death.routingKeys.map(longstr)),
  };
  const newest = again ? { ...again, count: long((integerOf(lookup(again, 'count')) ?? 0) + 1) } : first;
  const named = (which: string): Table => ({
    [`x-${which}-death-exchange`]: longstr(death.exchange),
    [`x-${which}-death-queue`]: longstr(death.queue),
    [`x-${which}-death-reason`]: longstr(death.reason),
  });
  return {
    ...others,
    headers: sorted({
      ...named('first'),
      ...headers,
      'x-death': array([newest, ...deaths].map((value): Field => ({ type: 'table', value }))),
      ...named('last'),
    }),
  };
}

/**
 * Would the message come to a queue in which it died before, without anybody having rejected it since? Such a circle would
 * turn for ever: it is dropped (`rabbit_dead_letter:is_cycle`).
 */
export function isCycle(queue: string, headers: Table): boolean {
  const deaths = deathsOf(headers);
  const last = deaths.findIndex((death) => textOf(lookup(death, 'queue')) === queue);
  return last >= 0 && deaths.slice(0, last + 1).every((death) => textOf(lookup(death, 'reason')) !== 'rejected');
}

function deathsOf(headers: Table): Table[] {
  const deaths = lookup(headers, 'x-death');
  return deaths?.type === 'array' ? deaths.value.flatMap((each) => (each.type === 'table' ? [each.value] : [])) : [];
}

/** RabbitMQ 4.0 delivers the headers of a message in the order of their names. */
export function sorted(table: Table): Table {
  return Object.fromEntries(Object.entries(table).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}
