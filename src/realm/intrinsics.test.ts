import { runInNewContext } from 'node:vm';
import { buildSync } from 'esbuild';
import { describe, expect, test } from 'vitest';

const bundle = buildSync({
  stdin: { contents: `export { snapshot } from './intrinsics.ts';`, resolveDir: import.meta.dirname },
  bundle: true,
  format: 'iife',
  globalName: 'intrinsics',
  write: false,
}).outputFiles[0]!.text;

/** Takes a snapshot in a fresh global object, runs the patch there, restores, and answers what `after` says. */
function aRealm(patch: string, after = 'undefined'): { changed: string[]; again: string[]; after: unknown } {
  const text = runInNewContext(`${bundle};
    const { restore } = intrinsics.snapshot();
    (() => { ${patch} })();
    const changed = restore(), again = restore();
    JSON.stringify({ changed, again, after: ${after} });`) as string;
  return JSON.parse(text) as never;
}

test('nothing was changed: nothing is said', () => {
  expect(aRealm('')).toMatchObject({ changed: [], again: [] });
});

describe('what was patched is put back and named', () => {
  test.each([
    ['a method', 'Array.prototype.map = () => "patched"', ['Array.prototype.map'], '[1].map(String)', ['1']],
    ['a deleted method', 'delete String.prototype.trim', ['String.prototype.trim'], '" x ".trim()', 'x'],
    ['a method that is new', 'Array.prototype.last = () => 1', ['Array.prototype.last'], '"last" in []', false],
    ['a static', 'JSON.stringify = () => "patched"', ['JSON.stringify'], 'JSON.stringify(1)', '1'],
    ['a function of Math', 'Math.random = () => 4', ['Math.random'], 'Math.random() < 1', true],
    ['a leaked global', 'globalThis.total = 1', ['globalThis.total'], 'typeof total', 'undefined'],
    ['a replaced global', 'globalThis.Map = class {}', ['globalThis.Map'], 'new Map([[1, 2]]).size', 1],
    [
      'a getter',
      'Object.defineProperty(Map.prototype, "size", { get: () => 7 })',
      ['Map.prototype.size'],
      'new Map().size',
      0,
    ],
    [
      'a symbol',
      'Array.prototype[Symbol.iterator] = null',
      ['Array.prototype[Symbol(Symbol.iterator)]'],
      '[...[1]]',
      [1],
    ],
    [
      'an iterator',
      'const i = Object.getPrototypeOf([].values()); i.next = () => ({ done: true })',
      ['ArrayIterator.prototype.next'],
      '[...[1]]',
      [1],
    ],
    [
      'a prototype',
      'Object.setPrototypeOf(Array.prototype, null)',
      ['Array.prototype.__proto__'],
      'typeof [].hasOwnProperty',
      'function',
    ],
    [
      'visibility',
      'Object.defineProperty(Object.prototype, "toString", { enumerable: true })',
      ['Object.prototype.toString'],
      '(() => { const seen = []; for (const key in {}) seen.push(key); return seen; })()',
      [],
    ],
    [
      'a formatter',
      'Intl.NumberFormat.prototype.resolvedOptions = null',
      ['Intl.NumberFormat.prototype.resolvedOptions'],
      'typeof new Intl.NumberFormat().resolvedOptions',
      'function',
    ],
    [
      'the tools of the restorer',
      'Reflect.ownKeys = Reflect.defineProperty = Object.is = Array.prototype.push = null',
      ['Object.is', 'Array.prototype.push', 'Reflect.defineProperty', 'Reflect.ownKeys'],
      'Reflect.ownKeys({ a: 1 })',
      ['a'],
    ],
  ])('%s', (_, patch, paths, probe, answer) => {
    const { changed, again, after } = aRealm(patch, probe);
    expect([...changed].sort()).toEqual([...paths].sort());
    expect(again).toEqual([]);
    expect(after).toEqual(answer);
  });
});

test('what was frozen cannot be put back and is named each time', () => {
  const { changed, again } = aRealm('Object.freeze(Math)');
  expect(changed).toContain('Math.sin');
  expect(again).toEqual(changed);
});
