import { Buffer } from 'buffer';
import { Writer, type Reader } from './bytes.ts';
import { plainTable, type Table } from './field.ts';

/** The properties of a message in the order of their flags (AMQP 0-9-1 §2.3.5.1, class `basic`), with their types. */
const layout = [
  ['contentType', 'shortstr'],
  ['contentEncoding', 'shortstr'],
  ['headers', 'table'],
  ['deliveryMode', 'octet'],
  ['priority', 'octet'],
  ['correlationId', 'shortstr'],
  ['replyTo', 'shortstr'],
  ['expiration', 'shortstr'],
  ['messageId', 'shortstr'],
  ['timestamp', 'longlong'],
  ['type', 'shortstr'],
  ['userId', 'shortstr'],
  ['appId', 'shortstr'],
  ['clusterId', 'shortstr'],
] as const;

interface PropertyTypes {
  shortstr: string;
  octet: number;
  longlong: number | string;
  table: Table;
}

export type Properties = {
  readonly [P in (typeof layout)[number] as P[0]]?: PropertyTypes[P[1]];
};

/** What a message carries: nobody changes it, a dead letter is a new one. */
export interface Content {
  readonly properties: Properties;
  readonly body: Uint8Array;
}

/** How much of a body stands in a fact: characters. The bytes themselves never do. */
const shown = 4_096;

/** The properties as people write them, for facts. */
export function plainProperties({ headers, ...others }: Properties): Readonly<Record<string, unknown>> {
  return { ...others, ...(headers && Object.keys(headers).length > 0 ? { headers: plainTable(headers) } : {}) };
}

/** The body as text, cut where it is long; none where it is no UTF-8. */
export function textOfBody(body: Uint8Array): string | undefined {
  const text = Buffer.from(body.buffer, body.byteOffset, body.length).toString('utf8');
  if (text.includes('\uFFFD')) return undefined;
  return text.length > shown ? `${text.slice(0, shown)}…` : text;
}

export function readProperties(reader: Reader): Properties {
  const flags = reader.short();
  const properties: Record<string, unknown> = {};
  layout.forEach(([name, type], at) => {
    if (flags & (0x8000 >> at)) properties[name] = reader[type]();
  });
  return properties;
}

export function writeProperties(writer: Writer, properties: Properties): void {
  const present = layout.map(([name]) => properties[name] !== undefined);
  writer.short(present.reduce((flags, is, at) => (is ? flags | (0x8000 >> at) : flags), 0));
  layout.forEach(([name, type], at) => {
    if (present[at]) (writer[type] as (value: unknown) => void).call(writer, properties[name]);
  });
}
