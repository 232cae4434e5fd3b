import { describe, expect, test } from 'vitest';
import { inV8Words, saying } from './wording.ts';

// Recorded messages, as MDN lists them for each engine.
const readX = "Cannot read properties of undefined (reading 'x')";
const circular = 'Converting circular structure to JSON';
const derived =
  "Must call super constructor in derived class before accessing 'this' or returning from derived constructor";
const firefox = [
  ['TypeError', 'can\'t access property "x", u is undefined', readX],
  ['TypeError', 'can\'t access property "id", rows[0].owner is null', "Cannot read properties of null (reading 'id')"],
  ['TypeError', "can't access property 0, rows is undefined", "Cannot read properties of undefined (reading '0')"],
  ['TypeError', 'can\'t access property "x" of undefined', readX],
  ['TypeError', 'order.customer is undefined', 'Cannot read properties of undefined'],
  ['TypeError', 'null has no properties', 'Cannot read properties of null'],
  ['TypeError', 'o.f is not a function', 'o.f is not a function'],
  ['ReferenceError', 'nope is not defined', 'nope is not defined'],
  [
    'ReferenceError',
    "can't access lexical declaration 'zz' before initialization",
    "Cannot access 'zz' before initialization",
  ],
  ['TypeError', "invalid assignment to const 'c'", 'Assignment to constant variable.'],
  ['TypeError', "class constructors must be invoked with 'new'", "Class constructor cannot be invoked without 'new'"],
  ['TypeError', '"a" is read-only', "Cannot assign to read only property 'a' of object"],
  [
    'TypeError',
    'can\'t define property "b": Object is not extensible',
    'Cannot add property b, object is not extensible',
  ],
  ['TypeError', 'property "a" is non-configurable and can\'t be deleted', "Cannot delete property 'a' of object"],
  ['InternalError', 'too much recursion', 'Maximum call stack size exceeded'],
  ['RangeError', 'invalid array length', 'Invalid array length'],
  ['RangeError', 'invalid date', 'Invalid time value'],
  ['URIError', 'malformed URI sequence', 'URI malformed'],
  ['TypeError', 'reduce of empty array with no initial value', 'Reduce of empty array with no initial value'],
  ['TypeError', 'cyclic object value', circular],
  ['TypeError', "BigInt value can't be serialized in JSON", 'Do not know how to serialize a BigInt'],
  ['TypeError', "can't convert BigInt to number", 'Cannot mix BigInt and other types, use explicit conversions'],
  ['TypeError', "can't convert symbol to string", 'Cannot convert a Symbol value to a string'],
  ['ReferenceError', "must call super constructor before using 'this' in derived class constructor", derived],
] as const;
const webkit = [
  ['TypeError', "undefined is not an object (evaluating 'u.x')", readX],
  [
    'TypeError',
    "null is not an object (evaluating 'rows[0].owner.id')",
    "Cannot read properties of null (reading 'id')",
  ],
  [
    'TypeError',
    'undefined is not an object (evaluating \'order["total"]\')',
    "Cannot read properties of undefined (reading 'total')",
  ],
  [
    'TypeError',
    "undefined is not an object (evaluating 'u.x = 1')",
    "Cannot set properties of undefined (setting 'x')",
  ],
  ['TypeError', "undefined is not an object (evaluating 'const { a } = b')", 'Cannot read properties of undefined'],
  ['TypeError', "o.f is not a function. (In 'o.f()', 'o.f' is undefined)", 'o.f is not a function'],
  ['TypeError', "x is not a constructor (evaluating 'new x')", 'x is not a constructor'],
  ['TypeError', "undefined is not a function (near '...[a]...')", '[a] is not iterable'],
  ['ReferenceError', "Can't find variable: nope", 'nope is not defined'],
  ['ReferenceError', "Cannot access 'zz' before initialization.", "Cannot access 'zz' before initialization"],
  [
    'TypeError',
    'Cannot call a class constructor Order without |new|',
    "Class constructor Order cannot be invoked without 'new'",
  ],
  ['TypeError', 'Unable to delete property.', 'Cannot delete property of object'],
  ['RangeError', 'Maximum call stack size exceeded.', 'Maximum call stack size exceeded'],
  ['RangeError', 'Array size is not a small enough positive integer.', 'Invalid array length'],
  ['RangeError', 'Invalid Date', 'Invalid time value'],
  ['URIError', 'URI error', 'URI malformed'],
  ['TypeError', 'JSON.stringify cannot serialize cyclic structures.', circular],
  ['TypeError', 'JSON.stringify cannot serialize BigInt.', 'Do not know how to serialize a BigInt'],
  [
    'TypeError',
    'Invalid mix of BigInt and other type in addition.',
    'Cannot mix BigInt and other types, use explicit conversions',
  ],
  ['TypeError', "Conversion from 'BigInt' to 'number' is not allowed.", 'Cannot convert a BigInt value to a number'],
  ['TypeError', 'Cannot convert a symbol to a string', 'Cannot convert a Symbol value to a string'],
  [
    'ReferenceError',
    "'super()' must be called in derived class constructor before accessing |this| or returning non-undefined.",
    derived,
  ],
] as const;

describe('the words of other engines become those of V8', () => {
  test.each(firefox)('Firefox: %s: %s', (name, said, meant) => expect(inV8Words(name, said, 'firefox')).toBe(meant));
  test.each(webkit)('WebKit: %s: %s', (name, said, meant) => expect(inV8Words(name, said, 'webkit')).toBe(meant));
});

const thrown = (work: () => unknown): object => {
  try {
    work();
  } catch (error) {
    return error as object;
  }
  throw new Error('nothing was thrown');
};

test('what V8 alone knows is left out', () => {
  const cyclic: { self?: object } = {};
  cyclic.self = cyclic;
  expect(saying(thrown(() => JSON.stringify(cyclic)))).toEqual({ name: 'TypeError', message: circular });
  expect(saying(thrown(() => new Set(5 as never))).message).toBe('5 is not iterable');
  expect(saying(thrown(() => Object.assign(Object.freeze({ a: 1 }), { a: 2 }))).message).toBe(
    "Cannot assign to read only property 'a' of object",
  );
});

test('a call of an imported name is told by that name', () => {
  for (const by of ['v8', 'firefox'] as const)
    expect(inV8Words('TypeError', '(0 , eda_1.absent) is not a function', by)).toBe('absent is not a function');
  const said = "(0, eda_1.absent) is not a function. (In '(0, eda_1.absent)(1)', '(0, eda_1.absent)' is undefined)";
  expect(inV8Words('TypeError', said, 'webkit')).toBe('absent is not a function');
});

test('what the learner himself said stays as it is', () => {
  expect(inV8Words('Error', "Can't find variable: nope", 'webkit')).toBe("Can't find variable: nope");
  expect(saying(new TypeError('price is undefined'))).toEqual({ name: 'TypeError', message: 'price is undefined' });
});

test('Firefox calls too deep a recursion by a name of its own', () => {
  expect(saying({ name: 'InternalError', message: 'too much recursion' }).name).toBe('RangeError');
});
