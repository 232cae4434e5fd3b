import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Random } from './random.ts';

/** sfc32 as PractRand writes it, in integers that cannot overflow. */
function* sfc32(a: bigint, b: bigint, c: bigint): Generator<number> {
  const wrap = (value: bigint) => BigInt.asUintN(32, value);
  for (let counter = 1n; ; counter++) {
    const sum = wrap(a + b + counter);
    a = b ^ (b >> 9n);
    b = wrap(c + (c << 3n));
    c = wrap(((c << 21n) | (c >> 11n)) + sum);
    yield Number(sum);
  }
}

/** The finaliser of MurmurHash3, likewise. */
function mix(hash: bigint): bigint {
  const wrap = (value: bigint) => BigInt.asUintN(32, value);
  let h = wrap((hash ^ (hash >> 16n)) * 2246822507n);
  h = wrap((h ^ (h >> 13n)) * 3266489909n);
  return h ^ (h >> 16n);
}

test('draws what sfc32 draws', () => {
  fc.assert(
    fc.property(fc.nat(), fc.string(), (seed, stream) => {
      let hash = 1779033703n ^ BigInt(seed);
      for (let i = 0; i < stream.length; i++) hash = mix(hash ^ BigInt(stream.charCodeAt(i)));
      const a = mix(hash);
      const b = mix(a);
      const reference = sfc32(a, b, mix(b));
      for (let i = 0; i < 12; i++) reference.next();
      const random = new Random(seed, stream);
      for (let i = 0; i < 20; i++) expect(random.uint32()).toBe(reference.next().value);
    }),
  );
});

test('a seed of today means the same tomorrow', () => {
  const random = new Random(1, 'network');
  expect([random.uint32(), random.uint32(), random.between(1, 5), random.uuid()]).toEqual([
    4128514913,
    1536354725,
    4,
    '447ea699-4f7f-43df-af5e-b3081ea67bec',
  ]);
});

test('streams of other names, and of other seeds, have nothing in common', () => {
  const draws = (seed: number, name: string) => {
    const random = new Random(seed, name);
    return new Set(Array.from({ length: 1000 }, () => random.uint32()));
  };
  const streams = [draws(1, 'network'), draws(1, 'faults'), draws(2, 'network'), draws(1, 'networl')];
  expect(new Set(streams.flatMap((each) => [...each])).size).toBe(4000);
});

test('keeps to its bounds', () => {
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: -1000, max: 1000 }), fc.nat(1000), (seed, low, width) => {
      const random = new Random(seed, 'bounds');
      const drawn = random.between(low, low + width);
      expect(Number.isInteger(drawn) && drawn >= low && drawn <= low + width).toBe(true);
      const fraction = random.fraction();
      expect(fraction >= 0 && fraction < 1).toBe(true);
    }),
  );
});

test('every side of a die comes up about as often', () => {
  const random = new Random(7, 'die');
  const sides = Array.from({ length: 6 }, () => 0);
  for (let i = 0; i < 60_000; i++) sides[random.between(0, 5)]!++;
  for (const count of sides) expect(Math.abs(count - 10_000)).toBeLessThan(500);
});

test('what is certain draws nothing', () => {
  const random = new Random(1, 'chance');
  const twin = new Random(1, 'chance');
  expect([random.chance(0), random.chance(1), random.chance(2)]).toEqual([false, true, true]);
  expect(random.uint32()).toBe(twin.uint32());
});

test('makes UUIDs of version 4', () => {
  const random = new Random(1, 'uuid');
  for (let i = 0; i < 100; i++)
    expect(random.uuid()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});
