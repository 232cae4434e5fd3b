import { build, type BuildOptions } from 'esbuild';
import ts from 'typescript';
import type { Plugin } from 'vite';

/** Modules from npm that learner code may import, packed so that each life of a node evaluates them anew. */
const libraries = ['rxjs', 'prom-client', 'events'] as const;
/** Since RxJS 7.2 all operators are in `rxjs`, so that the older name can be the same module. */
const aliases = { 'rxjs/operators': 'rxjs' } as const;

/** Syntax stays modern but for what would use the engine's own promises: those the kernel could not drain. */
export const lowered: BuildOptions = {
  bundle: true,
  write: false,
  // Names stay: learners see those of classes and errors. `keepNames` would restore them at the creation of every closure,
  // which makes a delivery on the bus several times as slow.
  minifyWhitespace: true,
  minifySyntax: true,
  charset: 'utf8',
  platform: 'browser',
  target: 'es2022',
  supported: { 'async-await': false, 'async-generator': false, 'for-await': false },
  legalComments: 'none',
  // What a module does not export would be `undefined` at run time, and look like a bug of the learner.
  logOverride: { 'import-is-undefined': 'error' },
  logLevel: 'error',
};

/** The text of the realm's bundle with its libraries: everything of a worker's script that does not depend on the learner. */
export async function bundleRealm(): Promise<string> {
  const realm = await text({ ...lowered, entryPoints: ['src/realm/main.ts'], format: 'iife' });
  const packed = await Promise.all(libraries.map(bundleLibrary));
  const renamed = Object.entries(aliases).map(([name, other]) => library(name, `module.exports=require("${other}")`));
  const bundle = [realm, ...packed, ...renamed].join('\n');
  refuseAsync(bundle);
  return bundle;
}

async function bundleLibrary(name: string): Promise<string> {
  const code = await text({
    ...lowered,
    // A library is evaluated once a life; a name taken twice in it must still be shown as it is written.
    keepNames: true,
    stdin: { contents: `module.exports = require(${JSON.stringify(name)});`, resolveDir: process.cwd() },
    format: 'cjs',
    alias: { util: './src/realm/shims/util.ts', ...stubs },
  });
  return library(name, code);
}

const library = (name: string, code: string) =>
  `__eventarium.library(${JSON.stringify(name)},function(exports,require,module){${code}\n});`;

/** What `prom-client` asks of Node beside its metrics: cluster and process statistics, which a simulated process has not. */
const stubs = Object.fromEntries(
  ['cluster', 'fs', 'os', 'v8', 'perf_hooks', 'http', 'https', 'url', 'zlib', 'process'].map((name) => [
    name,
    './src/realm/shims/absent.ts',
  ]),
);

async function text(options: BuildOptions): Promise<string> {
  const { outputFiles } = await build(options);
  return outputFiles![0]!.text.trimEnd();
}

/** @throws when an `async` or `await` of the engine is left: what it does would happen outside virtual time */
function refuseAsync(bundle: string): void {
  const file = ts.createSourceFile('realm.js', bundle, ts.ScriptTarget.ES2022);
  const visit = (node: ts.Node): void => {
    const modifiers = ts.canHaveModifiers(node) ? ts.getModifiers(node) : undefined;
    if (ts.isAwaitExpression(node) || modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword))
      throw new Error(`the realm holds an unlowered async at ${bundle.slice(node.pos, node.pos + 80)}`);
    ts.forEachChild(node, visit);
  };
  visit(file);
}

/** `virtual:realm`: the bundle as a text, for the page to put before the learner's program. */
export function realm(): Plugin {
  const id = 'virtual:realm';
  return {
    name: 'eventarium-realm',
    resolveId: (source) => (source === id ? `\0${id}` : undefined),
    async load(source) {
      if (source === `\0${id}`) return `export default ${JSON.stringify(await bundleRealm())};`;
    },
  };
}
