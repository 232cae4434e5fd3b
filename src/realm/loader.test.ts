import { expect, test } from 'vitest';
import { Guard } from '../kernel/guard.ts';
import { VirtualPromise } from '../kernel/promise.ts';
import { microtasks } from '../kernel/microtasks.ts';
import { Loader } from './loader.ts';
import { Program, type FileFactory, type LibraryFactory } from './program.ts';

/** A loader over files and libraries that are functions of the test. */
function loaderOf(files: Record<string, FileFactory>, libraries: Record<string, LibraryFactory> = {}) {
  const manifest = { nodes: [], scenario: null, check: null, maps: {} };
  const program = new Program(manifest, 1, new Map(Object.entries(libraries)), new Map(Object.entries(files)));
  return new Loader(program, new Guard(() => {}), () => ({
    services: { greeting: 'hello' },
    modules: { eda: { own: true } },
  }));
}

test('a file is evaluated with its name, its services and the modules of the realm', () => {
  const loader = loaderOf({
    'a.ts': (exports, require, _, filename, _turn, _enter, _leave, _at, services) => {
      Object.assign(exports, { filename, services, eda: require('eda'), node: require('node:eda') });
    },
  });
  expect(loader.load('a.ts')).toEqual({
    filename: 'a.ts',
    services: { greeting: 'hello' },
    eda: { own: true },
    node: { own: true },
  });
});

test('a module is evaluated once a life, and anew for the next', () => {
  let evaluated = 0;
  const loader = loaderOf(
    {
      'a.ts': (exports, require) =>
        void Object.assign(exports, {
          first: require('lib/b.ts'),
          again: require('lib/b.ts'),
          lib: require('library'),
        }),
      'lib/b.ts': (exports) => void Object.assign(exports, { n: ++evaluated }),
    },
    { library: (_, __, module) => void (module.exports = { n: ++evaluated }) },
  );
  expect(loader.load('a.ts')).toEqual({ first: { n: 1 }, again: { n: 1 }, lib: { n: 2 } });
  expect(loader.load('a.ts')).toEqual({ first: { n: 3 }, again: { n: 3 }, lib: { n: 4 } });
});

test('modules that need each other see what is there so far, as in Node', () => {
  const loader = loaderOf({
    'a.ts': (exports, require) => {
      Object.assign(exports, { early: true });
      Object.assign(exports, { b: require('lib/b.ts') });
    },
    'lib/b.ts': (exports, require) => void Object.assign(exports, { c: require('lib/c.ts') }),
    'lib/c.ts': (exports, require) => void Object.assign(exports, { seen: Object.keys(require('lib/b.ts') as object) }),
  });
  expect(loader.load('a.ts')).toEqual({ early: true, b: { c: { seen: [] } } });
});

test('a file that waits gives a promise of its exports', () => {
  const loader = loaderOf({
    'a.ts': (exports) => VirtualPromise.resolve().then(() => void Object.assign(exports, { ready: true })),
  });
  let exports: unknown;
  void (loader.load('a.ts') as VirtualPromise<unknown>).then((value) => (exports = value));
  microtasks.drain();
  expect(exports).toEqual({ ready: true });
});

test('what is not there is said as Node says it', () => {
  const loader = loaderOf({ 'a.ts': (_, require) => require('left-pad') });
  expect(() => loader.load('a.ts')).toThrow("Cannot find module 'left-pad'");
});
