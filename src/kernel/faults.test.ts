import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  crashPoints,
  faultKinds,
  Faults,
  FaultSyntaxError,
  formatFaults,
  parseFaults,
  type FaultKind,
} from './faults.ts';
import { Random } from './random.ts';

const kinds = Object.keys(faultKinds) as FaultKind[];
const faultsOf = (text: string, seed = 1) => new Faults(parseFaults(text), new Random(seed, 'faults'));

test('reads the example of the documentation', () => {
  expect(parseFaults('duplicate@bus:0.1,delay@orders>bus:50-200,crash@payments:before-ack#2')).toEqual([
    { kind: 'duplicate', place: 'bus', probability: 0.1, range: [0, 0], point: 'before-ack' },
    { kind: 'delay', place: 'orders>bus', probability: 1, range: [50, 200], point: 'before-ack' },
    { kind: 'crash', place: 'payments', probability: 0.05, range: [0, 0], point: 'before-ack', nth: 2 },
  ]);
});

test.each(kinds)('a bare %s has a default that can be written out', (kind) => {
  const [fault] = parseFaults(kind);
  expect(fault!.probability).toBeGreaterThan(0);
  expect(parseFaults(formatFaults([fault!]))).toEqual([fault]);
});

test('no text is no faults, and spaces do not matter', () => {
  expect(parseFaults('')).toEqual([]);
  expect(parseFaults(' duplicate , ,delay ')).toEqual(parseFaults('duplicate,delay'));
});

const name = fc.stringMatching(/^[\p{L}\p{N}_-]{1,12}$/u);
const place = fc.oneof(
  name,
  fc.tuple(name, name).map(([from, to]) => `${from}>${to}`),
);
const time = fc.nat(999_999_999);
const amount = (kind: FaultKind): fc.Arbitrary<string> => {
  switch (faultKinds[kind].amount) {
    case 'probability':
      return fc.double({ min: 0, max: 1, noNaN: true }).map(String);
    case 'range':
      return fc.oneof(
        time.map(String),
        fc.tuple(time, time).map(([a, b]) => `${Math.min(a, b)}-${Math.max(a, b)}`),
      );
    case 'point':
      return fc.constantFrom(...crashPoints, '0.3');
  }
};
const item = fc
  .constantFrom(...kinds)
  .chain((kind) =>
    fc
      .tuple(fc.option(place), fc.option(amount(kind)), fc.option(fc.integer({ min: 1, max: 1000 })))
      .map(
        ([where, much, nth]) =>
          `${kind}${where === null ? '' : `@${where}`}${much === null ? '' : `:${much}`}${nth === null ? '' : `#${nth}`}`,
      ),
  );

test('what is written out reads as the same plan', () => {
  fc.assert(
    fc.property(fc.array(item), (items) => {
      const plan = parseFaults(items.join(','));
      expect(plan).toHaveLength(items.length);
      expect(parseFaults(formatFaults(plan))).toEqual(plan);
    }),
  );
});

test('any other text is refused with a column inside it', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      try {
        parseFaults(text);
      } catch (error) {
        expect(error).toBeInstanceOf(FaultSyntaxError);
        expect((error as FaultSyntaxError).column).toBeGreaterThan(0);
        expect((error as FaultSyntaxError).column).toBeLessThanOrEqual(text.length);
      }
    }),
  );
});

test.each([
  ['duplicate,fire', 11, 'unknown fault "fire"'],
  ['constructor', 1, 'unknown fault "constructor"'],
  ['delay, drop:2', 8, '"2" is not a probability from 0 to 1'],
  ['delay:200-50', 1, '"200-50" ends before it begins'],
  ['delay:soon', 1, '"soon" is not a time in ms'],
  ['delay:9999999999', 1, '"9999999999" is not a time in ms'],
  ['crash:later', 1, '"later" is no point of a crash'],
  ['crash#0', 1, 'the first time is #1'],
  ['drop@', 1, 'expected kind@place:amount#nth'],
])('%s is refused at column %d: %s', (text, column, sentence) => {
  expect(() => parseFaults(text)).toThrow(sentence);
  expect(() => parseFaults(text)).toThrow(expect.objectContaining({ column }));
});

test('the nth time is counted where the fault could strike, and nowhere else', () => {
  const faults = faultsOf('drop@orders>bus#2');
  const strikes = (places: string[]) => faults.strike('drop', places) !== undefined;
  expect(strikes(['orders>bus', 'orders', 'bus'])).toBe(false);
  expect(strikes(['mail>bus', 'mail', 'bus'])).toBe(false);
  expect(strikes(['orders>bus', 'orders', 'bus'])).toBe(true);
  expect(strikes(['orders>bus', 'orders', 'bus'])).toBe(false);
});

test('a crash strikes at its own point', () => {
  const faults = faultsOf('crash@mail:after-ack#1');
  expect(faults.strike('crash', ['mail'], 'before-ack')).toBeUndefined();
  expect(faults.strike('crash', ['mail'], 'after-ack')).toBeDefined();
});

test('a plan for another place draws nothing', () => {
  const random = new Random(1, 'faults');
  const faults = new Faults(parseFaults('drop@mail:0.5'), random);
  for (let i = 0; i < 10; i++) faults.strike('drop', ['orders']);
  expect(random.uint32()).toBe(new Random(1, 'faults').uint32());
});

test('two faults of one kind both count, and the first that strikes is the one', () => {
  const faults = faultsOf('delay@bus:10#2,delay:20');
  expect(faults.strike('delay', ['bus'])!.range).toEqual([20, 20]);
  expect(faults.strike('delay', ['bus'])!.range).toEqual([10, 10]);
});

test('a probability strikes about that often', () => {
  const faults = faultsOf('drop:0.2');
  let struck = 0;
  for (let i = 0; i < 10_000; i++) if (faults.strike('drop', ['bus'])) struck++;
  expect(Math.abs(struck - 2_000)).toBeLessThan(200);
});
