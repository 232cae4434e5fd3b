import { resolve } from 'node:path';
import { build, type BuildOptions, type Plugin as EsbuildPlugin } from 'esbuild';
import ts from 'typescript';
import type { Plugin } from 'vite';
import { clients } from '../../src/realm/modules.ts';

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

/** What client libraries of brokers stand on; `stream` is a library of its own, so that sockets and clients share its classes. */
const clientShims = Object.fromEntries(
  Object.entries({ url: 'url.ts', querystring: 'querystring.ts', assert: 'assert.cjs' }).flatMap(([name, file]) =>
    [name, `node:${name}`].map((each) => [each, `./src/clients/shims/${file}`]),
  ),
);
const external = ['stream', 'net', 'tls', 'events', 'util', 'buffer', 'witness'].flatMap((name) => [
  name,
  `node:${name}`,
]);

/** `readable-stream` would bring a `process` with timers of its own. */
const virtualProcess: EsbuildPlugin = {
  name: 'virtual-process',
  setup: (bundle) =>
    bundle.onResolve({ filter: /^process\/$/ }, () => ({ path: resolve('src/clients/shims/process.ts') })),
};

/** Before anything of amqplib runs: see `src/clients/witness.ts`. Its package hides its own files, its folder does not. */
const watched = `
  const { Connection } = require('./node_modules/amqplib/lib/connection.js');
  const { BaseChannel } = require('./node_modules/amqplib/lib/channel.js');
  require('witness').witness({ Connection, BaseChannel });
`;

/** A client library as learner code imports it, and the streams that its sockets are; its own timers are in the background. */
export async function bundleClient(name: string): Promise<string> {
  const pack = (module: string, from: string, before = '') =>
    text({
      ...lowered,
      stdin: { contents: `${before}module.exports = require(${JSON.stringify(from)});`, resolveDir: process.cwd() },
      format: 'cjs',
      mainFields: ['browser', 'main'],
      alias: { ...clientShims, 'abort-controller': 'abort-controller/dist/abort-controller.js' },
      external: external.filter((each) => each !== from),
      plugins: [virtualProcess],
      banner: { js: 'var{setInterval,clearInterval}=require("background-timers");' },
    }).then((code) => library(module, code));
  const packed = (await Promise.all([pack('stream', 'readable-stream'), pack(name, name, watched)])).join('\n');
  refuseAsync(packed);
  return packed;
}

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

/**
 * `virtual:realm`: the bundle as a text, for the page to put before the learner's program, and `clientOf(name)`, which
 * loads the text of a client library when a program asks for it (`virtual:realm/<name>`).
 */
export function realm(): Plugin {
  const id = 'virtual:realm';
  const isOurs = (source: string) => source === id || clients.some((name) => source === `${id}/${name}`);
  return {
    name: 'eventarium-realm',
    resolveId: (source) => (isOurs(source) ? `\0${source}` : undefined),
    async load(source) {
      if (!source.startsWith(`\0${id}`)) return undefined;
      const name = source.slice(id.length + 2);
      if (name !== '') return `export default ${JSON.stringify(await bundleClient(name))};`;
      const loaders = clients.map(
        (each) => `${JSON.stringify(each)}: () => import(${JSON.stringify(`${id}/${each}`)})`,
      );
      return `
        const clients = { ${loaders.join(', ')} };
        export const clientOf = async (name) => (await clients[name]()).default;
        export default ${JSON.stringify(await bundleRealm())};`;
    },
  };
}
