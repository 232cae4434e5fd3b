import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Reader, Writer } from './bytes.ts';
import type { Field, Table } from './field.ts';
import { readProperties, writeProperties } from './content.ts';
import { Refusal } from './refusal.ts';

const name = fc.string({ maxLength: 20 });
const int = (bits: number) => fc.integer({ min: -(2 ** (bits - 1)), max: 2 ** (bits - 1) - 1 });
const { field } = fc.letrec<{ field: Field; table: Table }>((tie) => ({
  table: fc.dictionary(name, tie('field'), { maxKeys: 4 }),
  field: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.record({ type: fc.constant('longstr'), value: fc.string({ unit: 'grapheme' }) }),
    fc.record({ type: fc.constant('byte'), value: int(8) }),
    fc.record({ type: fc.constant('short'), value: int(16) }),
    fc.record({ type: fc.constant('signedint'), value: int(32) }),
    fc.record({ type: fc.constant('long'), value: fc.maxSafeInteger() }),
    fc.record({ type: fc.constant('unsignedint'), value: fc.nat() }),
    fc.record({ type: fc.constant('timestamp'), value: fc.nat() }),
    fc.record({ type: fc.constant('double'), value: fc.double({ noNaN: true, noDefaultInfinity: true }) }),
    fc.record({ type: fc.constant('bool'), value: fc.boolean() }),
    fc.record({ type: fc.constant('void'), value: fc.constant(null) }),
    fc.record({ type: fc.constant('decimal'), value: fc.tuple(fc.nat(255), fc.nat()) }),
    fc.record({ type: fc.constant('array'), value: fc.array(tie('field'), { maxLength: 4 }) }),
    fc.record({ type: fc.constant('table'), value: tie('table') }),
  ),
}));

test('a table is read as it was written, with its types', () => {
  fc.assert(
    fc.property(fc.dictionary(name, field, { maxKeys: 6 }), (given) => {
      const table = { ...given };
      const writer = new Writer();
      writer.table(table);
      const reader = new Reader(writer.done());
      expect(reader.table()).toEqual(table);
      expect(reader.left).toBe(0);
    }),
  );
});

test('only the properties that were given are read', () => {
  const optional = fc.option(fc.string({ maxLength: 50 }), { nil: undefined });
  const properties = fc.record(
    { contentType: optional, priority: fc.nat(255), timestamp: fc.nat(), appId: optional, messageId: optional },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(properties, (given) => {
      const present = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
      const writer = new Writer();
      writeProperties(writer, present);
      expect(readProperties(new Reader(writer.done()))).toEqual(present);
    }),
  );
});

test('any bytes are a table or are refused', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
      try {
        new Reader(bytes).table();
      } catch (error) {
        expect(error).toBeInstanceOf(Refusal);
      }
    }),
  );
});
