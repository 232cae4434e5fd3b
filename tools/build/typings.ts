import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import ts from 'typescript';
import type { Plugin } from 'vite';

const typings = 'src/realm/typings';
const taught = ['scenario', 'check'];

/** `virtual:typings`: everything that the editor knows about what learner code can use, as `{ uri: text of a .d.ts }`. */
export function learnerTypings(): Plugin {
  const id = 'virtual:typings';
  return {
    name: 'learner-typings',
    resolveId: { filter: { id: /^virtual:typings$/ }, handler: () => `\0${id}` },
    load: {
      filter: { id: new RegExp(`^\0${id}$`) },
      handler() {
        for (const name of readdirSync(typings)) this.addWatchFile(resolve(typings, name));
        return { code: `export default ${JSON.stringify(collect())}`, moduleType: 'js' };
      },
    },
  };
}

/** The declarations of the realm, of the libraries and of what a lesson's scenario and check are written with. */
export function collect(): Record<string, string> {
  return {
    ...Object.fromEntries(
      readdirSync(typings).map((name) => [`file:///typings/${name}`, readFileSync(join(typings, name), 'utf8')]),
    ),
    ...closure('node_modules/rxjs/dist/types/index.d.ts', 'rxjs'),
    ...closure('node_modules/prom-client/index.d.ts', 'prom-client'),
    ...closure('node_modules/amqplib/index.d.ts', 'amqplib'),
    ...closure('node_modules/amqplib/callback_api.d.ts', 'amqplib'),
    ...vocabulary(),
  };
}

const leads = /(?:from|import\(|require\()\s*['"](\.[^'"]*)['"]|<reference path="([^"]*)"/g;

/** A .d.ts and all that it leads to by relative paths inside its package. */
function closure(entry: string, name: string): Record<string, string> {
  const root = dirname(entry);
  const found: Record<string, string> = {};
  const open = [entry];
  for (let file = open.pop(); file; file = open.pop()) {
    const uri = `file:///node_modules/${name}/${relative(root, file)}`;
    if (uri in found) continue;
    found[uri] = readFileSync(file, 'utf8').replace(/^\/\/# sourceMappingURL=.*$/m, '');
    for (const [, imported, referenced] of found[uri].matchAll(leads)) {
      const base = join(dirname(file), imported ?? referenced!);
      const target = [base, `${base}.d.ts`, join(base, 'index.d.ts')].find(
        (path) => path.endsWith('.ts') && existsSync(path),
      );
      if (target) open.push(target);
    }
  }
  return found;
}

/** `eda/scenario` and `eda/check`, as the compiler declares the sources in `src/lessons`. */
function vocabulary(): Record<string, string> {
  const found: Record<string, string> = {};
  const root = resolve('src');
  const program = ts.createProgram(
    taught.map((name) => join(root, 'lessons', `${name}.ts`)),
    {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      declaration: true,
      emitDeclarationOnly: true,
      allowImportingTsExtensions: true,
      skipLibCheck: true,
      strict: true,
      types: [],
      rootDir: root,
      outDir: '/',
    },
  );
  program.emit(undefined, (path, text) => {
    found[`file:///node_modules/eda/src${path}`] = text.replace(
      /(from|import\()(\s*['"]\.[^'"]*)\.ts(['"])/g,
      '$1$2$3',
    );
  });
  for (const name of taught)
    found[`file:///node_modules/eda/${name}.d.ts`] = `export * from './src/lessons/${name}';\n`;
  return found;
}
