import type { Reader, Writer } from './bytes.ts';
import type { Table } from './field.ts';
import { refuse } from './refusal.ts';

/** The types of a method's arguments (AMQP 0-9-1 §4.2.5). Bits that follow each other share an octet. */
interface Types {
  octet: number;
  short: number;
  long: number;
  longlong: number | string;
  shortstr: string;
  longstr: string;
  table: Table;
  bit: boolean;
}

/**
 * The methods of AMQP 0-9-1 with RabbitMQ's extensions: class and method id, then the arguments in their order on the wire
 * (amqp0-9-1.extended.xml). `ticket` is a leftover of an older version and always 0.
 */
const methods = {
  'connection.start': {
    id: [10, 10],
    fields: {
      versionMajor: 'octet',
      versionMinor: 'octet',
      serverProperties: 'table',
      mechanisms: 'longstr',
      locales: 'longstr',
    },
  },
  'connection.start-ok': {
    id: [10, 11],
    fields: { clientProperties: 'table', mechanism: 'shortstr', response: 'longstr', locale: 'shortstr' },
  },
  'connection.tune': { id: [10, 30], fields: { channelMax: 'short', frameMax: 'long', heartbeat: 'short' } },
  'connection.tune-ok': { id: [10, 31], fields: { channelMax: 'short', frameMax: 'long', heartbeat: 'short' } },
  'connection.open': { id: [10, 40], fields: { virtualHost: 'shortstr', capabilities: 'shortstr', insist: 'bit' } },
  'connection.open-ok': { id: [10, 41], fields: { knownHosts: 'shortstr' } },
  'connection.close': {
    id: [10, 50],
    fields: { replyCode: 'short', replyText: 'shortstr', classId: 'short', methodId: 'short' },
  },
  'connection.close-ok': { id: [10, 51], fields: {} },
  'connection.update-secret': { id: [10, 70], fields: { newSecret: 'longstr', reason: 'shortstr' } },
  'connection.update-secret-ok': { id: [10, 71], fields: {} },
  'channel.open': { id: [20, 10], fields: { outOfBand: 'shortstr' } },
  'channel.open-ok': { id: [20, 11], fields: { channelId: 'longstr' } },
  'channel.flow': { id: [20, 20], fields: { active: 'bit' } },
  'channel.flow-ok': { id: [20, 21], fields: { active: 'bit' } },
  'channel.close': {
    id: [20, 40],
    fields: { replyCode: 'short', replyText: 'shortstr', classId: 'short', methodId: 'short' },
  },
  'channel.close-ok': { id: [20, 41], fields: {} },
  'exchange.declare': {
    id: [40, 10],
    fields: {
      ticket: 'short',
      exchange: 'shortstr',
      type: 'shortstr',
      passive: 'bit',
      durable: 'bit',
      autoDelete: 'bit',
      internal: 'bit',
      nowait: 'bit',
      arguments: 'table',
    },
  },
  'exchange.declare-ok': { id: [40, 11], fields: {} },
  'exchange.delete': {
    id: [40, 20],
    fields: { ticket: 'short', exchange: 'shortstr', ifUnused: 'bit', nowait: 'bit' },
  },
  'exchange.delete-ok': { id: [40, 21], fields: {} },
  'exchange.bind': {
    id: [40, 30],
    fields: {
      ticket: 'short',
      destination: 'shortstr',
      source: 'shortstr',
      routingKey: 'shortstr',
      nowait: 'bit',
      arguments: 'table',
    },
  },
  'exchange.bind-ok': { id: [40, 31], fields: {} },
  'exchange.unbind': {
    id: [40, 40],
    fields: {
      ticket: 'short',
      destination: 'shortstr',
      source: 'shortstr',
      routingKey: 'shortstr',
      nowait: 'bit',
      arguments: 'table',
    },
  },
  'exchange.unbind-ok': { id: [40, 51], fields: {} },
  'queue.declare': {
    id: [50, 10],
    fields: {
      ticket: 'short',
      queue: 'shortstr',
      passive: 'bit',
      durable: 'bit',
      exclusive: 'bit',
      autoDelete: 'bit',
      nowait: 'bit',
      arguments: 'table',
    },
  },
  'queue.declare-ok': { id: [50, 11], fields: { queue: 'shortstr', messageCount: 'long', consumerCount: 'long' } },
  'queue.bind': {
    id: [50, 20],
    fields: {
      ticket: 'short',
      queue: 'shortstr',
      exchange: 'shortstr',
      routingKey: 'shortstr',
      nowait: 'bit',
      arguments: 'table',
    },
  },
  'queue.bind-ok': { id: [50, 21], fields: {} },
  'queue.purge': { id: [50, 30], fields: { ticket: 'short', queue: 'shortstr', nowait: 'bit' } },
  'queue.purge-ok': { id: [50, 31], fields: { messageCount: 'long' } },
  'queue.delete': {
    id: [50, 40],
    fields: { ticket: 'short', queue: 'shortstr', ifUnused: 'bit', ifEmpty: 'bit', nowait: 'bit' },
  },
  'queue.delete-ok': { id: [50, 41], fields: { messageCount: 'long' } },
  'queue.unbind': {
    id: [50, 50],
    fields: { ticket: 'short', queue: 'shortstr', exchange: 'shortstr', routingKey: 'shortstr', arguments: 'table' },
  },
  'queue.unbind-ok': { id: [50, 51], fields: {} },
  'basic.qos': { id: [60, 10], fields: { prefetchSize: 'long', prefetchCount: 'short', global: 'bit' } },
  'basic.qos-ok': { id: [60, 11], fields: {} },
  'basic.consume': {
    id: [60, 20],
    fields: {
      ticket: 'short',
      queue: 'shortstr',
      consumerTag: 'shortstr',
      noLocal: 'bit',
      noAck: 'bit',
      exclusive: 'bit',
      nowait: 'bit',
      arguments: 'table',
    },
  },
  'basic.consume-ok': { id: [60, 21], fields: { consumerTag: 'shortstr' } },
  'basic.cancel': { id: [60, 30], fields: { consumerTag: 'shortstr', nowait: 'bit' } },
  'basic.cancel-ok': { id: [60, 31], fields: { consumerTag: 'shortstr' } },
  'basic.publish': {
    id: [60, 40],
    fields: { ticket: 'short', exchange: 'shortstr', routingKey: 'shortstr', mandatory: 'bit', immediate: 'bit' },
  },
  'basic.return': {
    id: [60, 50],
    fields: { replyCode: 'short', replyText: 'shortstr', exchange: 'shortstr', routingKey: 'shortstr' },
  },
  'basic.deliver': {
    id: [60, 60],
    fields: {
      consumerTag: 'shortstr',
      deliveryTag: 'longlong',
      redelivered: 'bit',
      exchange: 'shortstr',
      routingKey: 'shortstr',
    },
  },
  'basic.get': { id: [60, 70], fields: { ticket: 'short', queue: 'shortstr', noAck: 'bit' } },
  'basic.get-ok': {
    id: [60, 71],
    fields: {
      deliveryTag: 'longlong',
      redelivered: 'bit',
      exchange: 'shortstr',
      routingKey: 'shortstr',
      messageCount: 'long',
    },
  },
  'basic.get-empty': { id: [60, 72], fields: { clusterId: 'shortstr' } },
  'basic.ack': { id: [60, 80], fields: { deliveryTag: 'longlong', multiple: 'bit' } },
  'basic.reject': { id: [60, 90], fields: { deliveryTag: 'longlong', requeue: 'bit' } },
  'basic.recover-async': { id: [60, 100], fields: { requeue: 'bit' } },
  'basic.recover': { id: [60, 110], fields: { requeue: 'bit' } },
  'basic.recover-ok': { id: [60, 111], fields: {} },
  'basic.nack': { id: [60, 120], fields: { deliveryTag: 'longlong', multiple: 'bit', requeue: 'bit' } },
  'confirm.select': { id: [85, 10], fields: { nowait: 'bit' } },
  'confirm.select-ok': { id: [85, 11], fields: {} },
  'tx.select': { id: [90, 10], fields: {} },
  'tx.commit': { id: [90, 20], fields: {} },
  'tx.rollback': { id: [90, 30], fields: {} },
} as const satisfies Record<
  string,
  { readonly id: readonly [number, number]; readonly fields: Record<string, keyof Types> }
>;

export type MethodName = keyof typeof methods;

/** The arguments of a method by name. */
export type Fields<M extends MethodName> = {
  -readonly [K in keyof (typeof methods)[M]['fields']]: (typeof methods)[M]['fields'][K] extends keyof Types
    ? Types[(typeof methods)[M]['fields'][K]]
    : never;
};

/** A method together with its arguments; `name` tells which. */
export type Method = { [M in MethodName]: { readonly name: M; readonly fields: Fields<M> } }[MethodName];

type Layout = readonly (readonly [name: string, type: keyof Types])[];
const layouts = new Map<MethodName, Layout>();
const names = new Map<number, MethodName>();
for (const [name, { id, fields }] of Object.entries(methods) as [MethodName, (typeof methods)[MethodName]][]) {
  layouts.set(name, Object.entries(fields));
  names.set(id[0] * 0x10000 + id[1], name);
}

/** Class and method id, as they stand in a `close`. */
export const idOf = (name: MethodName): readonly [classId: number, methodId: number] => methods[name].id;

/** @throws Refusal (503) for a method that does not exist here */
export function readMethod(reader: Reader): Method {
  const id = reader.long();
  const name = names.get(id);
  if (name === undefined)
    throw refuse('command-invalid', `unknown method: class ${Math.floor(id / 0x10000)}, method ${id % 0x10000}`);
  const fields: Record<string, unknown> = {};
  let bits = 0;
  let bit = 8;
  for (const [field, type] of layouts.get(name)!) {
    if (type !== 'bit') {
      fields[field] = reader[type]();
      bit = 8;
      continue;
    }
    if (bit === 8) {
      bits = reader.octet();
      bit = 0;
    }
    fields[field] = (bits & (1 << bit++)) !== 0;
  }
  return { name, fields } as Method;
}

export function writeMethod<M extends MethodName>(writer: Writer, name: M, fields: Fields<M>): void {
  const [classId, methodId] = methods[name].id;
  writer.short(classId);
  writer.short(methodId);
  let bits = 0;
  let bit = 0;
  const flush = () => {
    if (bit > 0) writer.octet(bits);
    bits = bit = 0;
  };
  for (const [field, type] of layouts.get(name)!) {
    const value = (fields as Record<string, unknown>)[field];
    if (type === 'bit') {
      if (value === true) bits |= 1 << bit;
      if (++bit === 8) flush();
    } else {
      flush();
      (writer[type] as (value: unknown) => void).call(writer, value);
    }
  }
  flush();
}
