import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from './json.ts';

const outcome = (work: () => unknown): unknown => {
  try {
    return { value: work() };
  } catch (error) {
    const { name, message } = error as Error;
    // Later V8 adds a line and a column; the machine that tests may have one.
    return { name, message: message.replace(/ \(line \d+ column \d+\)$/, '') };
  }
};
const same = (text: string) =>
  expect(
    outcome(() => parse(text)),
    text,
  ).toEqual(outcome(() => JSON.parse(text)));

const broken = [
  ...['', ' ', '{', '[', '"', '-', '{"a', '{"a"', '{"a":', '{"a":1', '{"a":1,', '[1', '[1,', '{"a":"\\', '"\\u12'],
  ...['not json', 'undefined', ' undefined', 'NaN', 'Infinity', '[object Object]', 'nul', 'trux', 'True'],
  ...['{a:1}', "{'a':1}", '{"a":}', '{"a":1,}', '{"a" 1}', '{"a":1 "b"}', '{"a":1,b}', '{1:2}', '{"a":1}}', '{,}'],
  ...['[1,]', '[1 2]', '[1,,2]', '[1}', '[}', '1 2', '01', '-01', '1.', '1.e5', '1e', '1e+', '-x', '.5', '+1', '0x1'],
  ...[
    '"a\nb"',
    '"\\x"',
    '"\\u12g4"',
    '"\ttab"',
    '\u0001',
    'ё',
    '😀',
    '\ufeff{}',
    '<!doctype html><title>Error</title>',
  ],
  ...[
    'x'.repeat(20),
    'x'.repeat(21),
    `{"long":"${'y'.repeat(30)}",oops}`,
    `["${'y'.repeat(30)}",?]`,
    `[${'1,'.repeat(30)}?]`,
  ],
];

test.each(broken)('says of %j what V8 says', (text) => same(text));

test('is the native one for whatever is JSON', () => {
  fc.assert(fc.property(fc.json(), (text) => void same(text)));
  const seen: string[] = [];
  expect(parse('{"a":[1]}', (key, value) => (seen.push(key), value))).toEqual({ a: [1] });
  expect(seen).toEqual(['0', 'a', '']);
  expect(parse(null)).toBe(null);
  expect(() => parse(Symbol('s'))).toThrow(TypeError);
});

test('says what V8 says of JSON that was damaged anywhere', () => {
  const damage = fc.record({
    text: fc.json(),
    at: fc.nat(),
    cut: fc.nat(3),
    put: fc.constantFrom('', ',', '"', '}', ']', ':', '\\', '-', '.', 'e', 'x', '0', '\n'),
  });
  fc.assert(
    fc.property(damage, ({ text, at, cut, put }) => {
      const place = at % (text.length + 1);
      same(text.slice(0, place) + put + text.slice(place + cut));
    }),
    { numRuns: 2000 },
  );
});

test('a SyntaxError of the reviver is the learner’s own', () => {
  const own = new SyntaxError('mine');
  const revive = () => {
    throw own;
  };
  expect(() => parse('{}', revive)).toThrow(own);
});

test('depth does not matter', () => {
  expect(outcome(() => parse('['.repeat(50_000)))).toEqual({
    name: 'SyntaxError',
    message: 'Unexpected end of JSON input',
  });
});
