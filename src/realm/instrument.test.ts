import fc from 'fast-check';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { Compiled } from './compiled.testing.ts';

/** What a file exports, evaluated with guards. */
const run = (source: string, services: Record<string, unknown> = {}) => {
  const program = new Compiled({ 'a.ts': source }, services);
  return { program, exports: program.load('a.ts').exports as Record<string, unknown> };
};

test('every loop turns through its guard', () => {
  const { program } = run(`
    for (let i = 0; i < 2; i++);
    for (const x of [1, 2]) x;
    for (const k in { a: 1, b: 2 }) { k; }
    let n = 0;
    while (n < 2) n++;
    outer: do { for (;;) { n--; continue outer; } } while (n > 0);`);
  expect(program.turns).toBe(2 + 2 + 2 + 2 + 2 * 2);
});

test('every function is entered, and left however it ends', () => {
  const depths: number[] = [];
  const program = new Compiled(
    {
      'a.ts': `
      const look = probe;
      function plain() { look(); }
      const arrow = () => look();
      class Base { constructor() { look(); } }
      class Derived extends Base { x = look(); constructor() { super(); look(); } get y() { return look(); } set y(v) { look(); } static s() { look(); } }
      plain(); arrow(); const d = new Derived(); d.y; d.y = 1; Derived.s();
      try { (function () { look(); throw 1; })(); } catch {}
      (async () => { look(); await null; })();
      [1].map(() => look());`.replace('probe', 'generateId'),
    },
    { generateId: () => depths.push(program.depth) },
  );
  program.load('a.ts');
  expect(depths).toEqual([1, 1, 2, 1, 1, 1, 1, 1, 1, 1, 1]);
  expect(program.depth).toBe(0);
});

test.each([
  [
    'names of functions',
    `const f = () => {}; const o = { g: function () {}, h: class {} }; export default [f.name, o.g.name, o.h.name, (() => {}).name];`,
  ],
  [
    'numbers of parameters',
    `export default [((a, b = 1, ...c) => a).length, (function (a, { b }) {}).length, (async (a, b) => {}).length];`,
  ],
  [
    'this and arguments',
    `export default { f() { return [this === undefined, arguments.length, (() => arguments[0])()]; } }.f.call(undefined, 7);`,
  ],
  [
    'no arguments',
    `export default [(function () { return arguments.length; })(), new (class { l; constructor() { this.l = arguments.length; } })()];`,
  ],
  ['directives', `export default (function () { 'use strict'; 'more'; return this; })();`],
  [
    'hoisting',
    `export default (function () { const r = g(); function g() { return typeof v; } var v = 1; return [r, v]; })();`,
  ],
  [
    'functions that are declared twice',
    `export default (function () { function g() { return 1; } function g() { return 2; } return g(); })();`,
  ],
  ['a var beside a function', `export default (function () { function g() {} { var g = 3; } return g; })();`],
  [
    'default parameters that see no body',
    `const x = 1; export default (function (f = () => x) { const x = 2; return f(); })();`,
  ],
  [
    'generators',
    `function* g(n) { const got = yield n; yield* [got, n]; } const i = g(1); export default [i.next(), i.next(5), ...i];`,
  ],
  ['tagged templates', 'const tag = (s, ...v) => [s.raw[0], ...v]; export default tag`a${1}b`;'],
  [
    'optional calls',
    `const o = { f(x) { return [this === o, x]; } }; export default [o?.f?.(1), o.g?.(2), (null as any)?.f(3)];`,
  ],
  [
    'classes',
    `class A { #p = 1; static s = 5; static { A.s++; } get p() { return this.#p; } static of() { return new this(); } } class B extends A { q = super.p; constructor(readonly z = 1) { super(); } } export default [A.of(), new B(), B.s, new B().q];`,
  ],
  [
    'labels and switch',
    `let n = 0; a: for (const x of [1, 2, 3]) { switch (x) { case 2: continue a; default: n += x; } } export default n;`,
  ],
  ['exported bindings', `export let n = 0; const up = () => { n++; }; up(); up(); export default n;`],
  ['enums and namespaces', `enum E { A = 1, B } namespace N { export const x = E.B; } export default [E[1], N.x];`],
  [
    'errors',
    `export default (() => { try { (undefined as any).f(1); } catch (e) { return (e as Error).message; } })();`,
  ],
  [
    'errors of calls without arguments',
    `const o: any = {}; export default (() => { try { o.f(); } catch (e) { return (e as Error).message; } })();`,
  ],
])('%s are as without guards', (_, source) => {
  const plain = { exports: {} as Record<string, unknown> };
  const options = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS };
  const text = ts.transpileModule(source, { compilerOptions: options }).outputText;
  // eslint-disable-next-line @typescript-eslint/no-implied-eval
  (new Function('exports', text) as (exports: object) => void)(plain.exports);
  expect(run(source).exports['default']).toEqual(plain.exports['default']);
});

/** Small programs that end: they call, loop, close over, throw and wait, and log what they see. */
const programs = fc.letrec<{ expression: string; statement: string; block: string }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constantFrom('1', 'x', '"s"', 'this', 'arguments?.length', 'o.n', 'undefined'),
    fc.tuple(tie('expression'), tie('expression')).map(([a, b]) => `(${a}) + (${b})`),
    fc.array(tie('expression'), { maxLength: 3 }).map((args) => `log(${args.join(', ')})`),
    fc.array(tie('expression'), { maxLength: 2 }).map((args) => `o.method(${args.join(', ')})`),
    tie('expression').map((e) => `o?.method?.(...[${e}])`),
    tie('expression').map((e) => `new Thing(${e}).value`),
    tie('expression').map((e) => `((x) => ${e})(2)`),
    tie('expression').map((e) => `[1, 2].map(x => ${e}).length`),
    tie('block').map((b) => `(function () ${b})()`),
    tie('block').map((b) => `[...(function* () ${b})()].length`),
    tie('block').map((b) => `(async () => ${b})().catch(() => {}) && 1`),
    fc.constantFrom('nothing.here()', 'o.absent()', 'missing'),
  ),
  statement: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    tie('expression').map((e) => `log(${e});`),
    tie('expression').map((e) => `let x = ${e}; log(x);`),
    tie('expression').map((e) => `if (${e}) log('yes'); else log('no');`),
    tie('expression').map((e) => `for (let i = 0; i < 2; i++) log(i, ${e});`),
    tie('block').map((b) => `for (const x of [1, 2]) ${b}`),
    tie('block').map((b) => `{ let n = 0; do ${b} while (n++ < 1); }`),
    fc.tuple(tie('block'), tie('block')).map(([a, b]) => `try ${a} catch (e) { log(e.message); } finally ${b}`),
    tie('expression').map((e) => `throw new Error(String(${e}));`),
    tie('expression').map((e) => `return ${e};`),
    tie('block').map(
      (b) => `{ class Local extends Thing { constructor() ${b.replace('{', '{ super(1);')} } log(new Local().value); }`,
    ),
  ),
  block: fc.array(tie('statement'), { maxLength: 3 }).map((all) => `{ ${all.map((each) => `{ ${each} }`).join(' ')} }`),
}));

test('a program with guards does what it does without', () => {
  fc.assert(
    fc.property(programs.block, (block) => {
      const source = `class Thing { value; constructor(v) { this.value = v; } }
        const o = { n: 1, method(a) { log('method', a, arguments.length); return this === o; } };
        export const main = function () ${block};`.replaceAll('log', 'generateId');
      const play = (compiled: (log: (...args: unknown[]) => unknown) => () => unknown) => {
        const logged: unknown[] = [];
        const shown = (value: unknown): unknown => (typeof value === 'object' && value ? 'object' : value);
        const main = compiled((...args) => (logged.push(args.map(shown)), args.length));
        try {
          logged.push(['returned', shown(main())]);
        } catch (error) {
          logged.push(['threw', (error as Error).message]);
        }
        return logged;
      };
      const { outputText } = ts.transpileModule(source, {
        compilerOptions: {
          target: ts.ScriptTarget.ES2016,
          module: ts.ModuleKind.CommonJS,
          moduleDetection: ts.ModuleDetectionKind.Force,
        },
      });
      const plain = play((generateId) => {
        const exports: { main?: () => unknown } = {};
        // eslint-disable-next-line @typescript-eslint/no-implied-eval
        (new Function('exports', 'generateId', outputText) as (...args: unknown[]) => void)(exports, generateId);
        return exports.main!;
      });
      const guarded = play((generateId) => {
        const program = new Compiled({ 'a.ts': source }, { generateId });
        return program.load('a.ts').exports['main'] as unknown as () => unknown;
      });
      expect(guarded).toEqual(plain);
    }),
    { numRuns: 300 },
  );
});

test('a call knows its place when its arguments are evaluated and it has not begun', () => {
  const places: (string | undefined)[] = [];
  const program = new Compiled(
    {
      'a.ts': `const bus = { publish: generateId }, id = (x) => x;
bus.publish(id(1), id(2));
bus
  .publish();
  bus?.publish(...[id(3)]);
await bus.publish(await id(4));
const use = () => new (class { constructor(a?) { generateId(); } });
use();`,
    },
    { generateId: () => places.push(program.calls.at(-1)) },
  );
  program.load('a.ts');
  expect(places).toEqual(['2:1', '3:1', '5:3']);
});
