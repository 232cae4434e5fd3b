import { describe as suite, expect, test } from 'vitest';
import { describe, places } from './failure.ts';

suite('describe', () => {
  class PaymentFailed extends Error {
    override name = 'PaymentFailed';
  }

  test('an error has its own name and message', () => {
    expect(describe(new TypeError('no'))).toEqual({ name: 'TypeError', message: 'no' });
    expect(describe(new PaymentFailed('card refused'))).toEqual({ name: 'PaymentFailed', message: 'card refused' });
    expect(describe(new Error())).toEqual({ name: 'Error', message: '' });
  });

  test.each([
    [undefined, 'undefined'],
    [null, 'null'],
    ['boom', 'boom'],
    [42, '42'],
    [Symbol('s'), 'Symbol(s)'],
    [{ code: 5 }, '{ code: 5 }'],
    [() => 1, '[Function (anonymous)]'],
  ])('%o is no error', (value, message) => {
    expect(describe(value)).toEqual({ name: 'NonError', message });
  });

  const revoked = Proxy.revocable({}, {});
  revoked.revoke();
  const trapped = new Proxy(new Error('hidden'), {
    get() {
      throw new Error('trap');
    },
    getPrototypeOf() {
      throw new Error('trap');
    },
  });
  const throwing = () => {
    throw new Error('getter');
  };
  test.each([
    ['a getter that throws', Object.defineProperty(new Error('x'), 'message', { get: throwing })],
    ['a name that cannot be text', Object.assign(new Error('x'), { name: { toString: throwing } })],
    ['a message that is no text', Object.assign(new Error('x'), { message: { [Symbol.toPrimitive]: throwing } })],
    ['a Proxy whose traps throw', trapped],
    ['a revoked Proxy', revoked.proxy],
    ['an object without a prototype', Object.create(null)],
    [
      'a class with a throwing instance test',
      {
        get constructor() {
          return throwing();
        },
      },
    ],
  ])('%s is described all the same', (_, value) => {
    const { name, message } = describe(value);
    expect(typeof name).toBe('string');
    expect(typeof message).toBe('string');
    expect(places(value)).toBeInstanceOf(Array);
  });

  test('nothing is endless', () => {
    expect(describe(new Error('x'.repeat(1e6))).message).toMatch(/^x{2000}…$/);
    expect(describe('y'.repeat(1e6)).message).toMatch(/^y{2000}…$/);
    expect(describe(Object.assign(new Error(), { name: 'z'.repeat(1e6) })).name).toMatch(/^z{100}$/);
  });
});

suite('places', () => {
  const withStack = (stack: unknown) => Object.assign(Object.create(Error.prototype) as Error, { stack });

  test('reads the stack of V8', () => {
    const stack = `TypeError: Cannot read properties of undefined (reading 'x')
second line of the message
    at total (blob:null/4f1c0a52:1204:17)
    at Array.map (<anonymous>)
    at new Order (blob:null/4f1c0a52:1190:5)
    at async blob:null/4f1c0a52:1180:3
    at blob:null/4f1c0a52:7:1
    at process.processTicksAndRejections (node:internal/process/task_queues:95:5)`;
    expect(places(withStack(stack))).toEqual([
      { line: 1204, column: 17 },
      { line: 1190, column: 5 },
      { line: 1180, column: 3 },
      { line: 7, column: 1 },
    ]);
  });

  test('reads the stack of Firefox', () => {
    const stack = `total@blob:null/4f1c0a52:1204:17
handle/<@blob:null/4f1c0a52:1190:5
@blob:null/4f1c0a52:7:1
`;
    expect(places(withStack(stack))).toEqual([
      { line: 1204, column: 17 },
      { line: 1190, column: 5 },
      { line: 7, column: 1 },
    ]);
  });

  test('reads the stack of WebKit', () => {
    const stack = `total@blob:null/4f1c0a52:1204:17
map@[native code]
@blob:null/4f1c0a52:1190:5
global code@blob:null/4f1c0a52:7:1`;
    expect(places(withStack(stack))).toEqual([
      { line: 1204, column: 17 },
      { line: 1190, column: 5 },
      { line: 7, column: 1 },
    ]);
  });

  test('finds where an error of this engine was made', () => {
    const error = new Error('here');
    const [first] = places(error);
    expect(error.stack).toContain(`:${first?.line}:${first?.column}`);
  });

  test.each([[undefined], [null], [''], [42], [{}], ['nonsense\n\n:1:2'], [{ toString: () => 'at a:1:1' }]])(
    'finds nothing in %o',
    (stack) => expect(places(withStack(stack))).toEqual([]),
  );

  test('survives what learner code can put there', () => {
    const hostile = Object.defineProperty(new Error('x'), 'stack', {
      get() {
        throw new Error('no stack for you');
      },
    });
    expect(places(hostile)).toEqual([]);
    expect(places(undefined)).toEqual([]);
    expect(places(withStack(`    at ${' (a:'.repeat(20_000)}`))).toEqual([]);
    expect(places(withStack('    at f (a:1:2)\n'.repeat(1e5))).length).toBe(100);
  });
});
