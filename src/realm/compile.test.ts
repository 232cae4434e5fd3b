import { parse } from 'acorn';
import fc from 'fast-check';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { compile } from './compile.ts';
import { Compiled } from './compiled.testing.ts';

const problemsOf = (files: Record<string, string>) =>
  compile(ts, files).problems.map(({ file, line, column, kind, message }) => ({
    at: `${file}:${line}:${column}`,
    kind,
    message: typeof message === 'string' ? message : message.en,
  }));

describe('a program', () => {
  test('names its services in order, and its scenario and check', () => {
    const files = {
      'scenario.ts': 'export default 1',
      'stock.ts': '',
      'given/payments.js': '',
      'check.ts': '',
      'lib/money.ts': '',
    };
    expect(new Compiled(files).manifest).toMatchObject({
      nodes: [
        { name: 'payments', file: 'given/payments.js' },
        { name: 'stock', file: 'stock.ts' },
      ],
      scenario: 'scenario.ts',
      check: 'check.ts',
    });
  });

  test('is the same whatever the order of its files', () => {
    const files = Object.entries({ 'a.ts': 'f(1)', 'b.ts': '', 'lib/c.ts': '' });
    expect(compile(ts, Object.fromEntries(files.reverse())).text).toBe(compile(ts, Object.fromEntries(files)).text);
  });

  test('shares code, data and the services', () => {
    const { exports } = new Compiled(
      {
        'shop.ts': `import { price } from './lib/money'; import rates from './lib/rates.json'; import { generateId as id } from 'eda';
          export const total: number = price(rates.eur), name = generateId(), other = id();`,
        'lib/money.ts': 'export const price = (euros: number) => euros * 100;',
        'lib/rates.json': '{ "eur": 3 }',
      },
      { generateId: () => 'e-1' },
    ).load('shop.ts');
    expect(exports).toMatchObject({ total: 300, name: 'e-1', other: 'e-1' });
  });

  test('may declare the names of the services itself', () => {
    const program = new Compiled({
      'a.ts': 'const eventBus = 1; function call() { return 2 } export const both = [eventBus, call()];',
    });
    expect(program.load('a.ts').exports).toMatchObject({ both: [1, 2] });
  });

  test('waits at the top level of a service', async () => {
    const program = new Compiled({
      'a.ts': `const later = (x: number) => Promise.resolve(x);
        export const sum = 1 + await later(2);
        async function* numbers() { yield 1; yield 2 }
        export let last = 0;
        for await (const n of numbers()) last = n;`,
    });
    const { exports, ready } = program.load('a.ts');
    expect(exports).toMatchObject({ last: undefined });
    await ready;
    expect(exports).toMatchObject({ sum: 3, last: 2 });
  });

  test('rejects with what a waiting service throws, at its place', async () => {
    const program = new Compiled({ 'a.ts': `await null;\n  throw new Error('no');` });
    const error: unknown = await Promise.resolve(program.load('a.ts').ready).catch((e: unknown) => e);
    expect(program.place(error)).toBe('a.ts:2:9');
  });

  test('has no async left', () => {
    const { text } = new Compiled({
      'a.ts': `await 1; for await (const x of []) await x;
        export const f = async (a = 1, ...b: number[]) => { for await (const x of b) await x; };
        export class A { async m() {} async *g() { yield* this.g() } static async s() { await f() } }`,
    });
    // In ES2016 `async` and `await` are plain names: a parser of that year refuses what is left of them.
    expect(() => parse(text, { ecmaVersion: 7 })).not.toThrow();
    expect(() => parse('async () => await 1', { ecmaVersion: 7 })).toThrow();
  });

  test('takes a byte order mark, CRLF, U+2028 and Cyrillic names as they come', () => {
    const source = '\uFEFFexport const имя = "\u2028";\r\nexport const ошибка = () => {\r\n  throw new Error(имя) };';
    const program = new Compiled({ 'a.ts': source, 'заказы.ts': '' });
    const { ошибка } = program.load('a.ts').exports as unknown as { ошибка: () => never };
    const error = (() => {
      try {
        return ошибка();
      } catch (e) {
        return e;
      }
    })();
    // U+2028 ends a line, for the language as for the compiler.
    expect(program.place(error)).toBe('a.ts:4:9');
  });
});

describe('an error leads back to its place', () => {
  const lines = [
    'export const asyncMethod = () => new (class {', // 1
    '  async run() {',
    '    await null; throw new Error("x");', // 3:23
    '  }',
    '})().run();',
    'export const closureInLoop = () => {',
    '  const all: (() => void)[] = [];',
    '  for (const n of [1, 2]) all.push(() => { if (n === 2) throw new TypeError(String(n)); });', // 8:63
    '  for (const each of all) each();',
    '};',
    'export const unknownName = () => { const x = 1;  missing(x); };', // 11:50
    'export const asyncGenerator = async () => {',
    '  const numbers = async function* () { yield 1; throw new Error("x"); };', // 13:55
    '  for await (const n of numbers()) n.toFixed();',
    '};',
    'export const badJson = () => ({ data: JSON.parse("{") });', // 16:44
    'export const inCallback = () => [1].map((n) => (n as never as { f: { g(): void } }).f.g());', // 17:87
    'export const notAFunction = (bus?: { publish: unknown }) => (bus as any).publish();', // 18:74
    'import { absent } from "eda"; export const imported = () => { absent(1, 2); };', // 19:63
  ];
  const places = {
    asyncMethod: '3:23',
    closureInLoop: '8:63',
    unknownName: '11:50',
    asyncGenerator: '13:55',
    badJson: '16:44',
    inCallback: '17:87',
    notAFunction: '18:74',
    imported: '19:63',
  };
  test.each(Object.entries(places))('%s', async (name, place) => {
    const program = new Compiled({ 'lib/first.ts': 'export {}', 'a.ts': lines.join('\n'), 'b.ts': '' });
    const act = program.load('a.ts').exports[name] as unknown as () => unknown;
    const error: unknown = await Promise.resolve()
      .then(act)
      .catch((e: unknown) => e);
    expect(program.place(error)).toBe(`a.ts:${place}`);
  });
});

describe('a problem is a sentence with a place', () => {
  test.each([
    ['const x = ;', 'a.ts:1:11', 'syntax', 'Expression expected.'],
    ['let a; let a;', 'a.ts:1:5', 'syntax', "Cannot redeclare block-scoped variable 'a'."],
    ['function f() {\n  await g();\n}', 'a.ts:2:3', 'syntax', 'only allowed within async functions'],
    ['break;', 'a.ts:1:1', 'syntax', "A 'break' statement can only be used within"],
    ['const r = /(/;', 'a.ts:1:13', 'syntax', "')' expected"],
    ['function f(x) { let x = 1; }', 'a.ts:1:21', 'syntax', 'JavaScript does not understand'],
    ['import { pay } from "./b"; pay();', 'a.ts:1:21', 'rule', '“b” is another service'],
    ['import x from "lodash"; x();', 'a.ts:1:15', 'rule', 'There is no module “lodash” here. There are: eda, '],
    ['const { readFile } = require("node:fs"); readFile();', 'a.ts:1:30', 'rule', 'no module “node:fs”'],
    ['import { x } from "./lib/x"; x();', 'a.ts:1:19', 'rule', 'There is no file “./lib/x”'],
    ['const name = "rxjs"; await import(name);', 'a.ts:1:28', 'rule', 'import()'],
  ])('%s', (source, at, kind, message) => {
    const [problem] = problemsOf({ 'a.ts': source, 'b.ts': 'export const pay = () => {};' });
    expect(problem).toMatchObject({ at, kind });
    expect(problem?.message).toContain(message);
  });

  test.each([
    [{ 'lib/a.ts': 'await 1; export {}' }, 'lib/a.ts:1:1', 'await outside a function'],
    [{ 'a.ts': '', 'given/a.js': '' }, 'given/a.js:1:1', undefined],
    [{ 'my service.ts': '' }, 'my service.ts:1:1', 'must be named like a service'],
    [{ '../a.ts': '' }, '../a.ts:1:1', 'must be named like a service'],
    [{ 'bus.ts': '' }, 'bus.ts:1:1', 'cannot be called “bus”'],
    [{ 'lib/a.json': '{ "a": }' }, 'lib/a.json:1:8', 'expected'],
    [{ 'lib/a.json': '{ "a": 1, }' }, 'lib/a.json:1:11', undefined],
    [{ 'a.js': 'const x: number = 1;' }, 'a.js:1:10', 'TypeScript files'],
  ])('%j', (files, at, message) => {
    const found = problemsOf(files);
    if (message !== undefined)
      expect(found[0]).toMatchObject({ at, message: expect.stringContaining(message) as string });
    expect(found).toHaveLength(1);
  });

  test.each([
    ['a deep one', '('.repeat(100_000), 'nested'],
    ['a long one', 'x;'.repeat(1_000_000), 'longer than a million'],
  ])('%s', (_, source, message) => {
    expect(problemsOf({ 'a.ts': source })).toMatchObject([
      { at: 'a.ts:1:1', kind: 'rule', message: expect.stringContaining(message) as string },
    ]);
  });

  test('types of another service may be imported: nothing is left of them', () => {
    const files = { 'a.ts': 'import type { T } from "./b"; import { U } from "./b"; let x: T | U;', 'b.ts': '' };
    expect(problemsOf(files)).toEqual([]);
  });

  test('more modules may be allowed', () => {
    expect(compile(ts, { 'a.ts': 'require("kafkajs")' }, ['kafkajs']).problems).toEqual([]);
  });
});

test('any text is a program or has problems', () => {
  const word = fc.constantFrom(
    ...'async await yield function* class static get set # => { } ( ) [ ] ; , : ? . ... ` ${ // /* */ "use strict" let const var new super this import export default from require eval /re/ 0n \u2028 \r\n // @ < > = ! enum namespace declare type'.split(
      ' ',
    ),
    'имя',
    'x',
    '1',
    '"s"',
  );
  const soup = fc.array(word, { maxLength: 30 }).map((words) => words.join(' '));
  fc.assert(
    fc.property(
      fc.oneof(fc.string({ unit: 'binary' }), soup),
      fc.constantFrom('a.ts', 'a.js', 'lib/a.json'),
      (source, path) => {
        const { text, problems } = compile(ts, { [path]: source });
        expect(text === '').toBe(problems.length > 0);
        for (const { line, column } of problems) expect(Math.min(line, column)).toBeGreaterThan(0);
        parse(text, { ecmaVersion: 2024 });
      },
    ),
    { numRuns: 400 },
  );
});
