import fc from 'fast-check';
import { expect, test } from 'vitest';
import { deterministicMath } from './math.ts';

const ours = deterministicMath();
type Name = keyof typeof ours;
const names = Object.keys(ours) as Name[];
const binary = new Set<Name>(['atan2', 'pow', 'hypot']);
const apply = (math: unknown, name: Name, args: number[]) =>
  (math as Record<Name, (...args: number[]) => number>)[name](...args);

/** How many doubles lie between two finite doubles. */
function ulps(a: number, b: number): number {
  const order = (x: number) => {
    const bits = new BigInt64Array(new Float64Array([x]).buffer)[0]!;
    return bits < 0n ? -(bits & 0x7fffffffffffffffn) : bits;
  };
  const distance = order(a) - order(b);
  return Number(distance < 0n ? -distance : distance);
}

const special = [NaN, 0, -0, 1, -1, Infinity, -Infinity];
const number = fc.oneof(
  fc.double({ min: -1, max: 1 }),
  fc.double({ min: -20, max: 20, noNaN: true }),
  fc.double({ min: -800, max: 800, noNaN: true }),
  fc.integer({ min: -50, max: 50 }),
  fc.double(),
);

test('covers every function of Math that ECMAScript leaves implementation-approximated', () => {
  const exact = 'abs ceil clz32 f16round floor fround imul max min random round sign sqrt sumPrecise trunc'.split(' ');
  const all = Object.getOwnPropertyNames(Math).filter((name) => typeof Math[name as Name] === 'function');
  expect([...names].sort()).toEqual(all.filter((name) => !exact.includes(name)).sort());
});

test.each(names)('%s is exact at NaN, ±0, ±1 and ±Infinity', (name) => {
  const seconds = binary.has(name) ? [...special, 0.5, -0.5, 2, -2, 3, -3, 5e-324, 1e300] : [0];
  for (const x of [...special, ...(binary.has(name) ? seconds : [])]) {
    for (const y of seconds) {
      const args = binary.has(name) ? [x, y] : [x];
      const expected = apply(Math, name, args);
      const actual = apply(ours, name, args);
      const constant = special.some((value) => Object.is(value, expected));
      if (constant)
        expect(Object.is(actual, expected), `${name}(${args.join()}) = ${actual}, not ${expected}`).toBe(true);
      else expect(ulps(actual, expected), `${name}(${args.join()})`).toBeLessThanOrEqual(2);
    }
  }
});

test.each(names)('%s is within 2 ulp of the native one', (name) => {
  fc.assert(
    fc.property(number, number, (x, y) => {
      const args = binary.has(name) ? [x, y] : [x];
      const expected = apply(Math, name, args);
      const actual = apply(ours, name, args);
      if (Number.isNaN(expected)) expect(actual).toBeNaN();
      else expect(ulps(actual, expected), `${actual}, not ${expected}`).toBeLessThanOrEqual(2);
    }),
    { numRuns: 2000 },
  );
});

test('powers of whole numbers and of ten are exact as long as they can be', () => {
  for (let base = 2; base < 40; base++) {
    for (let exponent = 0, power = 1; power <= Number.MAX_SAFE_INTEGER; exponent++, power *= base) {
      expect(ours.pow(base, exponent)).toBe(power);
    }
  }
  for (let exponent = -300; exponent <= 308; exponent++) expect(ours.log10(Number(`1e${exponent}`))).toBe(exponent);
  for (let exponent = -1074; exponent <= 1023; exponent++) expect(ours.log2(2 ** exponent)).toBe(exponent);
});

test('converts its arguments as the native functions do', () => {
  const loose = ours as unknown as Record<Name, (...args: unknown[]) => number>;
  expect(loose.sin('1')).toBe(ours.sin(1));
  expect(loose.log()).toBeNaN();
  expect(loose.hypot()).toBe(0);
  expect(loose.hypot('3', [4])).toBe(5);
  expect(loose.hypot(NaN, -Infinity)).toBe(Infinity);
  expect(() => loose.exp(1n)).toThrow(TypeError);
  for (const name of names) expect(ours[name].name).toBe(name);
});

test('has the bits that were recorded, whatever the engine', () => {
  expect(names.map((name) => apply(ours, name, name === 'acosh' ? [3.7] : [0.37, 2.9]))).toMatchInlineSnapshot(`
    [
      2.923508166569746,
      1.191787306098946,
      1.9826969446812033,
      0.3790090206959508,
      0.3620391212409711,
      0.3543799191234378,
      0.38842309971829614,
      0.7179054352068319,
      0.9323273456060345,
      1.0692344726503396,
      1.4477346146633243,
      0.4477346146633244,
      -0.994252273343867,
      -0.431798275933005,
      0.31481073984003355,
      -1.434402824145775,
      0.361615431964962,
      0.3785001420129849,
      0.38786316165584905,
      0.35399171247704597,
      0.12690059787293956,
      0.055948055856713225,
    ]
  `);
});
