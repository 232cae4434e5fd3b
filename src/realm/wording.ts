/** What an error says, in UTF-16 units at most. */
const longest = 2_000;

type Row = readonly [said: RegExp, meant: string];

/** What Firefox says, and what V8 says instead. Messages as listed in MDN's reference of errors. */
const firefox: readonly Row[] = [
  [
    /^can't access property (?:"(.*?)"|(\S+)), .* is (undefined|null)$/,
    "Cannot read properties of $3 (reading '$1$2')",
  ],
  [/^can't access property (?:"(.*?)"|(\S+)) of (undefined|null)$/, "Cannot read properties of $3 (reading '$1$2')"],
  [/^.* is (undefined|null)$/, 'Cannot read properties of $1'],
  [/^(undefined|null) has no properties$/, 'Cannot read properties of $1'],
  [/^can't access lexical declaration '(.*)' before initialization$/, "Cannot access '$1' before initialization"],
  [/^invalid assignment to const '.*'$/, 'Assignment to constant variable.'],
  [/^class constructors must be invoked with 'new'$/, "Class constructor cannot be invoked without 'new'"],
  [/^"(.*)" is read-only$/, "Cannot assign to read only property '$1' of object"],
  [/^can't define property "(.*)": .* is not extensible$/, 'Cannot add property $1, object is not extensible'],
  [/^property "(.*)" is non-configurable and can't be deleted$/, "Cannot delete property '$1' of object"],
  [/^too much recursion$/, 'Maximum call stack size exceeded'],
  [/^invalid array length$/, 'Invalid array length'],
  [/^invalid date$/, 'Invalid time value'],
  [/^malformed URI sequence$/, 'URI malformed'],
  [/^reduce of empty array with no initial value$/, 'Reduce of empty array with no initial value'],
  [/^cyclic object value$/, 'Converting circular structure to JSON'],
  [/^BigInt value can't be serialized in JSON$/, 'Do not know how to serialize a BigInt'],
  [/^can't convert BigInt to number$/, 'Cannot mix BigInt and other types, use explicit conversions'],
  [/^can't convert symbol to (string|number)$/, 'Cannot convert a Symbol value to a $1'],
  [
    /^must call super constructor before using 'this' in derived class constructor$/,
    "Must call super constructor in derived class before accessing 'this' or returning from derived constructor",
  ],
];

/** What WebKit says. The code that it quotes is cut off. */
const webkit: readonly Row[] = [
  [
    /^(undefined|null) is not an object \(evaluating '.*?[.[]['"]?([\w$]+)['"]?\]? = .*'\)$/,
    "Cannot set properties of $1 (setting '$2')",
  ],
  [
    /^(undefined|null) is not an object \(evaluating '.*[.[]['"]?([\w$]+)['"]?\]?'\)$/,
    "Cannot read properties of $1 (reading '$2')",
  ],
  [/^(undefined|null) is not an object(?: \(.*\))?$/, 'Cannot read properties of $1'],
  [/^(.*) is not a function\. \(In '.*$/, '$1 is not a function'],
  [/^(.*) is not a constructor \(evaluating '.*$/, '$1 is not a constructor'],
  [/^undefined is not a function \(near '\.\.\.(.*)\.\.\.'\)$/, '$1 is not iterable'],
  [/^Can't find variable: (.*)$/, '$1 is not defined'],
  [/^Cannot access '(.*)' before initialization\.$/, "Cannot access '$1' before initialization"],
  [/^Cannot call a class constructor (.*) without \|new\|$/, "Class constructor $1 cannot be invoked without 'new'"],
  [/^Cannot call a class constructor without \|new\|$/, "Class constructor cannot be invoked without 'new'"],
  [/^Unable to delete property\.$/, 'Cannot delete property of object'],
  [/^Maximum call stack size exceeded\.$/, 'Maximum call stack size exceeded'],
  [/^Array size is not a small enough positive integer\.?$/, 'Invalid array length'],
  [/^Invalid Date$/, 'Invalid time value'],
  [/^URI error$/, 'URI malformed'],
  [/^JSON\.stringify cannot serialize cyclic structures\.?$/, 'Converting circular structure to JSON'],
  [/^JSON\.stringify cannot serialize BigInt\.?$/, 'Do not know how to serialize a BigInt'],
  [/^Invalid mix of BigInt and other type in .*$/, 'Cannot mix BigInt and other types, use explicit conversions'],
  [/^Conversion from 'BigInt' to 'number' is not allowed\.$/, 'Cannot convert a BigInt value to a number'],
  [/^Cannot convert a symbol to a (string|number)$/, 'Cannot convert a Symbol value to a $1'],
  [
    /^'super\(\)' must be called in derived class constructor before accessing \|this\|.*$/,
    "Must call super constructor in derived class before accessing 'this' or returning from derived constructor",
  ],
];

/** Where V8 says more than the others can, or its versions differ, it is cut to what is common. */
const v8: readonly Row[] = [
  [/^(Converting circular structure to JSON)\n.*$/s, '$1'],
  [
    /^(?:object |number |boolean )?(.*) is not iterable \(cannot read property Symbol\(Symbol\.iterator\)\)$/,
    '$1 is not iterable',
  ],
  [/^Cannot assign to read only property '(.*)' of object '.*'$/, "Cannot assign to read only property '$1' of object"],
  [/^Cannot delete property '(.*)' of .*$/, "Cannot delete property '$1' of object"],
];

const tables = { v8, firefox, webkit };
export type Engine = keyof typeof tables;

/** The engine we run in, by its own words. */
function engine(): Engine {
  try {
    (undefined as unknown as { x: 1 }).x.toFixed();
  } catch (error) {
    const { message } = error as Error;
    if (message.startsWith('Cannot read properties')) return 'v8';
    if (message.includes('is not an object')) return 'webkit';
  }
  return 'firefox';
}

const here = engine();
const languageErrors = new Set([
  'TypeError',
  'ReferenceError',
  'RangeError',
  'SyntaxError',
  'URIError',
  'InternalError',
]);

/** The message of an error of the language as V8 would have said it; what this engine did not say stays as it is. */
export function inV8Words(name: string, message: string, by: Engine = here): string {
  if (!languageErrors.has(name)) return message;
  const row = tables[by].find(([said]) => said.test(message));
  return (row ? message.replace(row[0], row[1]) : message).replace(importedCall, '$1');
}

/** The compiler calls an imported `name` as `(0, module_1.name)()`; the learner wrote the name alone. */
const importedCall = /\(0 ?, [\p{L}\w$]+\.([\p{L}\w$]+)\)/u;

function property(error: object, key: 'name' | 'message', otherwise: string): string {
  try {
    const value = (error as Partial<Record<typeof key, string>>)[key];
    return value === undefined ? otherwise : String(value);
  } catch {
    return otherwise;
  }
}

/** Name and message of an error, whatever it is made of: never throws, bounded, in V8's words. */
export function saying(error: object): { name: string; message: string } {
  const name = property(error, 'name', 'Error');
  const message = property(error, 'message', '');
  const worded = inV8Words(name, message.slice(0, longest));
  return {
    name: name === 'InternalError' ? 'RangeError' : name.slice(0, 100),
    message: message.length > longest ? `${worded}…` : worded,
  };
}
