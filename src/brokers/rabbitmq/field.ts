/**
 * The types of values in a field table, in RabbitMQ's words, with the tags they have on the wire (AMQP 0-9-1 errata of
 * RabbitMQ, `rabbit_binary_parser`).
 */
export const tags = {
  longstr: 'S',
  signedint: 'I',
  decimal: 'D',
  timestamp: 'T',
  table: 'F',
  array: 'A',
  byte: 'b',
  unsignedbyte: 'B',
  short: 's',
  unsignedshort: 'u',
  unsignedint: 'i',
  long: 'l',
  float: 'f',
  double: 'd',
  bool: 't',
  binary: 'x',
  void: 'V',
} as const;

export type FieldType = keyof typeof tags;

/**
 * A typed value of a table. An integer that a double cannot hold is a decimal text; `binary` is a text of which each
 * character is a byte; a `decimal` is its scale and its unscaled value.
 */
export type Field =
  | { readonly type: 'table'; readonly value: Table }
  | { readonly type: 'array'; readonly value: readonly Field[] }
  | { readonly type: 'decimal'; readonly value: readonly [scale: number, unscaled: number] }
  | { readonly type: 'void'; readonly value: null }
  | { readonly type: 'bool'; readonly value: boolean }
  | { readonly type: 'longstr' | 'binary'; readonly value: string }
  | {
      readonly type: Exclude<FieldType, 'table' | 'array' | 'decimal' | 'void' | 'bool' | 'longstr' | 'binary'>;
      readonly value: number | string;
    };

/** Headers of a message or arguments of a queue, exchange, binding or consumer: plain data, so that a fact can hold it. */
export type Table = Readonly<Record<string, Field>>;

export const longstr = (value: string): Field => ({ type: 'longstr', value });
export const long = (value: number): Field => ({ type: 'long', value });
export const array = (value: readonly Field[]): Field => ({ type: 'array', value });

/** The field of this name. Tables come from outside: what every object inherits is no field. */
export const lookup = (table: Table, name: string): Field | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined;

/** The text of a longstr field; `undefined` for any other type or none. */
export function textOf(field: Field | undefined): string | undefined {
  return field?.type === 'longstr' ? field.value : undefined;
}

/** The number of an integer field; `undefined` for any other type or none. */
export function integerOf(field: Field | undefined): number | undefined {
  return field !== undefined && isInteger(field.type) ? Number(field.value) : undefined;
}

const integers: readonly FieldType[] = [
  'byte',
  'short',
  'signedint',
  'long',
  'unsignedbyte',
  'unsignedshort',
  'unsignedint',
];

export const isInteger = (type: FieldType): boolean => integers.includes(type);

/** RabbitMQ compares values of one class, whatever their width (`rabbit_misc:type_class`). */
const classOf = (type: FieldType): string =>
  isInteger(type) ? 'int' : type === 'float' || type === 'double' ? 'float' : type;

/** Are these the same value? 1 does not equal "1" nor true, and a byte equals a long. */
export function sameField(a: Field | undefined, b: Field | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return classOf(a.type) === classOf(b.type) && JSON.stringify(a.value) === JSON.stringify(b.value);
}

/** A value in a sentence. */
export const printed = ({ value }: Field): string =>
  typeof value === 'object' ? JSON.stringify(value) : String(value);

/** The table as people write it, for journals and views: without types, a timestamp as its number. */
export function plainTable(table: Table): Record<string, unknown> {
  return Object.fromEntries(Object.entries(table).map(([name, field]) => [name, plainField(field)]));
}

function plainField(field: Field): unknown {
  switch (field.type) {
    case 'table':
      return plainTable(field.value);
    case 'array':
      return field.value.map(plainField);
    case 'decimal':
      return field.value[1] / 10 ** field.value[0];
    default:
      return field.value;
  }
}
