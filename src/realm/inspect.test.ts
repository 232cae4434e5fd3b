import { format as formatOfNode, inspect } from 'node:util';
import { buildSync } from 'esbuild';
import { describe, expect, test } from 'vitest';
import { VirtualPromise } from '../kernel/promise.ts';
import { format } from './inspect.ts';

class Order {
  id = 1;
}
class PaidOrder extends Order {
  #secret = 1;
  get paid() {
    return this.#secret;
  }
}
class PaymentFailed extends Error {
  override name = 'PaymentFailed';
  amount = 5;
}
class Tagged {
  get [Symbol.toStringTag]() {
    return 'Tag';
  }
}
const cyclic: Record<string, unknown> = { id: 1 };
cyclic['self'] = cyclic;
const sparse = [1, , 3]; // eslint-disable-line no-sparse-arrays
/** The error with the stack that V8 gives it when it is made, but for its frames, which are the one line that ours has. */
function framed<E extends Error>(error: E): E {
  const { name } = Object.getPrototypeOf(error) as Error;
  error.stack = `${error.message === '' ? name : `${name}: ${error.message}`}\n    at <anonymous>`;
  return error;
}

const list = (length: number) => Array.from({ length }, (_, at) => at);

const calls: unknown[][] = [
  [],
  [''],
  ['Order created', { orderId: 'o-1', total: 99.9 }],
  ['тест', { имя: 'Анна', 'e-mail': 'a@b' }, '😀'],
  [1, -0, 1e21, NaN, -Infinity],
  [10n, true, null, undefined, Symbol('s')],
  ['%s is %d years, %i, %f, %j, %o, %O, 100%%', 'Bob', 42.5, 42.5, '1.5', { a: 1 }, [1], { b: { c: {} } }, 'rest'],
  ['%s', { toString: () => 'own text' }],
  ['%s %s %s', -0, 12n, Symbol('x')],
  ['%s', new Order()],
  ['%c styled', 'color: red'],
  ['%d %i', 'abc', {}],
  ['100%', 1],
  ['%x', 1],
  ['%j', cyclic],
  [1, '%s', 2],
  ['multi\nline'],
  [{ text: 'multi\nline', quote: "it's", both: `"it's"` }],
  ['x'.repeat(200)],
  [['x'.repeat(200)]],
  ['a\tb\u0001', ['a\tb\u0001\u001b']],
  [{}],
  [[]],
  [[[[[1]]]]],
  [{ a: { b: { c: { d: 1 } } } }],
  [{ a: undefined, b: null, c: NaN, [Symbol('k')]: 2 }],
  [Object.create(null)],
  [Object.assign(Object.create(null), { a: 1 })],
  [Object.create({ inherited: 1 })],
  [cyclic],
  [[cyclic, cyclic]],
  [list(101)],
  [list(30).map((at) => `item ${at}`)],
  [sparse, Array(5)],
  [Object.assign([1, 2], { key: 1 })],
  [{ long: 'x'.repeat(60), longer: 'y'.repeat(60) }],
  [{ orders: [{ id: 1, lines: [{ sku: 'a', quantity: 1 }] }] }],
  [
    new Map<unknown, unknown>([
      ['a', 1],
      [{ b: 2 }, new Map([[1, 2]])],
    ]),
  ],
  [new Set([1, 'a', new Set([2])])],
  [new WeakMap(), new WeakSet()],
  [new Date(0), [new Date(NaN)], { at: new Date(1e12) }],
  [/x/giu],
  [Order, class {}, class A extends Order {}],
  [function named() {}, function () {}, () => 1],
  [Object.assign(() => 1, { key: 1 })],
  [{ method() {}, arrow: () => 1, Class: class {} }],
  [async () => {}, function* () {}],
  [new Order(), new PaidOrder(), new Tagged()],
  [new (class Orders extends Map<number, number> {})([[1, 2]])],
  [new (class Numbers extends Array<number> {})()],
  [
    {
      get a() {
        return 1;
      },
      set a(_) {},
      get b() {
        return 2;
      },
      set c(_: number) {},
    },
  ],
  [new Uint8Array([1, 2, 3]), new Float64Array(2), new ArrayBuffer(4)],
  [Object(1), Object('text'), Object(false), Object(1n), Object(Symbol('q'))],
  [Math, JSON, Reflect],
  [new Proxy({ a: 1 }, {}), new Proxy([1], {})],
  [{ [inspect.custom]: () => 'own view' }],
  [{ toJSON: () => 1 }],
  [Object.freeze({ a: 1 }), Object.defineProperty({}, 'hidden', { value: 1 })],
  [{ constructor: { name: 'Fake' } }],
  [globalThis.Symbol.iterator, [Symbol('in')]],
  [framed(new Error('an error')), 'then', framed(new TypeError('typed'))],
  [{ error: framed(new RangeError('inside')) }],
  [[Object.assign(framed(new Error('with a code')), { code: 'ECONNREFUSED', port: 5672 })]],
  [framed(new Error('outer', { cause: framed(new Error('inner')) }))],
  [framed(new Error('outer', { cause: { status: 500 } }))],
  [framed(new AggregateError([framed(new Error('one')), framed(new Error('two'))], 'all failed'))],
  [framed(new PaymentFailed('refused'))],
  [framed(new (class Unnamed extends Error {})('refused'))],
  [Object.assign(framed(new Error('renamed')), { name: 'RenamedError' })],
  [framed(new Error(''))],
  ['%s and %o', framed(new Error('in a text')), { error: framed(new Error('within')) }],
];

test.each(calls.map((args, at) => [at, args] as const))('call %i is printed as by Node', (_, args) => {
  expect(format(args)).toBe(formatOfNode(...args));
});

test('promises show their state as those of Node do', async () => {
  const long = { a: 'x'.repeat(30), b: 'y'.repeat(30) };
  const refused = framed(new RangeError('no'));
  const native = Promise.reject(refused);
  const ours = VirtualPromise.reject(refused);
  await native.catch(() => {});
  ours.catch(() => {});
  const pairs = [
    [new VirtualPromise(() => {}), new Promise(() => {})],
    [VirtualPromise.resolve(4), Promise.resolve(4)],
    [VirtualPromise.resolve({ id: 1 }), Promise.resolve({ id: 1 })],
    [VirtualPromise.resolve(long), Promise.resolve(long)],
    [[VirtualPromise.resolve([1])], [Promise.resolve([1])]],
    [{ a: { b: { c: VirtualPromise.resolve(1) } } }, { a: { b: { c: Promise.resolve(1) } } }],
    [ours, native],
  ];
  for (const [ours, native] of pairs)
    expect(format([ours]).replaceAll('VirtualPromise', 'Promise')).toBe(formatOfNode(native));
});

test('an error names the place that is known of it, never the stack of the engine', () => {
  const place = { file: 'order-service.ts', line: 3, column: 7 };
  expect(format([new Error('no')], () => place)).toBe('Error: no\n    at order-service.ts:3:7');
  expect(format([{ error: new Error('no') }])).not.toContain('inspect.test');
});

describe('hostile values are shown or said not to be showable', () => {
  const fail = () => {
    throw new Error('hostile');
  };
  const traps = { get: fail, ownKeys: fail, getPrototypeOf: fail, getOwnPropertyDescriptor: fail, has: fail };
  const revoked = Proxy.revocable({}, {});
  revoked.revoke();
  test.each([
    [
      'a getter that throws',
      {
        get a() {
          return fail();
        },
      },
    ],
    ['a Proxy whose traps throw', new Proxy({}, traps)],
    ['a Proxy of a function whose traps throw', new Proxy(() => 1, traps)],
    ['a revoked Proxy', revoked.proxy],
    ['a text of itself that throws', { toString: fail, valueOf: fail, toJSON: fail, [inspect.custom]: fail }],
    ['a constructor that throws', Object.defineProperty({}, 'constructor', { get: fail })],
    ['a tag that throws', Object.defineProperty({}, Symbol.toStringTag, { get: fail })],
    ['an error with a stack that throws', Object.defineProperty(new Error('x'), 'stack', { get: fail })],
    [
      'an error that is its own cause',
      (() => {
        const e = new Error('x');
        e.cause = e;
        return e;
      })(),
    ],
    ['an error in a Proxy whose traps throw', new Proxy(new Error('x'), traps)],
    ['a thing nested 100,000 deep', list(100_000).reduce<object>((inner) => ({ inner }), {})],
  ])('%s', (_, value) => {
    for (const args of [[value], ['%s %d %i %f %j %o %O', value, value, value, value, value, value, value]]) {
      expect(format(['before', ...args, 'after'])).toMatch(/^before .*after$/s);
    }
  });

  test('what is too long ends in an ellipsis', () => {
    for (const value of [
      'x'.repeat(1e6),
      '😀'.repeat(1e5),
      list(100).map(() => 'y'.repeat(1e4)),
      { ['k'.repeat(1e5)]: 1 },
    ]) {
      const text = format([value]);
      expect(text.length).toBeLessThan(10_050);
      expect(text).toMatch(/… \d+ more characters$/);
      expect(text.isWellFormed()).toBe(true);
    }
  });

  test('nothing is left behind on the prototypes', () => {
    format([new Error('x')]);
    expect(Object.hasOwn(Error.prototype, inspect.custom)).toBe(false);
    expect(Object.hasOwn(VirtualPromise.prototype, inspect.custom)).toBe(false);
  });
});

test('needs neither process nor Buffer: runs in a bare realm', async () => {
  const { Worker } = await import('node:worker_threads');
  const bundle = buildSync({
    stdin: {
      contents: `import { format } from './inspect.ts'; globalThis.shown = format([{ a: [1] }, new Error('x')]);`,
      resolveDir: import.meta.dirname,
    },
    bundle: true,
    format: 'iife',
    write: false,
  }).outputFiles[0]!.text;
  const bare = `const { parentPort } = require('node:worker_threads');
    for (const name of ['process', 'Buffer', 'URL', 'require', 'global', 'performance', 'WeakRef']) delete globalThis[name];
    ${bundle}
    parentPort.postMessage(globalThis.shown);`;
  const worker = new Worker(bare, { eval: true });
  const shown = await new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject));
  await worker.terminate();
  expect(shown).toBe('{ a: [ 1 ] } Error: x\n    at <anonymous>');
});
