import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { expect, test } from 'vitest';

const read = (file: string) => readFileSync(file, 'utf8');
const docs = read('README.md') + read('CONTRIBUTING.md');
const { scripts, devDependencies } = JSON.parse(read('package.json')) as {
  scripts: Record<string, string>;
  devDependencies: Record<string, string>;
};

/** The rows under the heading row whose first cell is `first`: the trimmed cells of each. */
function table(first: string): string[][] {
  const lines = docs.split('\n');
  const head = lines.findIndex((line) => line.startsWith(`| ${first} `));
  const end = lines.findIndex((line, i) => i > head && !line.startsWith('|'));
  return lines.slice(head + 2, end).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}
const names = (cell: string) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name!);

const named = [...docs.matchAll(/\bnpm (?:run (?:-s )?)?([a-z][a-z0-9:]*)/g)].map(([, script]) => script!);
test.each([...new Set(named)])('the script `%s` that the docs name exists', (script) => {
  expect(scripts).toHaveProperty([script]);
});

const shown = [...docs.matchAll(/^npm run -s lab -- (.+)$/gm)].map(([, args]) => args!);
test.each(shown)('the lab example `%s` runs', (args) => {
  expect(execFileSync('npm', ['run', '-s', 'lab', '--', ...args.split(' ')], { encoding: 'utf8' })).not.toBe('');
});

test.each(table('folder').flatMap(([folders]) => names(folders!)))('the folder `%s` of the map exists', (folder) => {
  expect(existsSync(folder)).toBe(true);
});

/** The table of choices, a package a row; `name*` stands for all that begin so. */
const packages = table('package').flatMap(([cell, , kB, licence]) =>
  names(cell!).map((name) => ({ name, kB: kB!, licence: licence! })),
);
const matches = (name: string, installed: string) =>
  name.endsWith('*') ? installed.startsWith(name.slice(0, -1)) : installed === name;

test('every package has its reason in the table, and the table has no other', () => {
  const installed = Object.keys(devDependencies);
  expect(installed.filter((each) => !packages.some(({ name }) => matches(name, each)))).toEqual([]);
  expect(packages.filter(({ name }) => !installed.some((each) => matches(name, each)))).toEqual([]);
});

test.each(packages)('the table is right about the licence of $name', ({ name, licence }) => {
  for (const each of Object.keys(devDependencies).filter((installed) => matches(name, installed)))
    expect(JSON.parse(read(`node_modules/${each}/package.json`))).toMatchObject({ license: licence });
});

test.each(packages.filter(({ kB }) => kB !== ''))(
  'the table is right about the $kB kB of $name',
  async ({ name, kB }) => {
    const measured = await gzippedSize(name === 'monaco-editor' ? 'monaco-editor/editor' : name);
    expect(measured / Number(kB)).toBeCloseTo(1, 1);
  },
);

/** The whole package as a browser would get it, in kB; what only Node has is left out. */
async function gzippedSize(entry: string): Promise<number> {
  const { outputFiles } = await build({
    stdin: { contents: `export * from '${entry}'`, resolveDir: '.' },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    external: builtinModules.filter((name) => name !== entry),
    loader: { '.ttf': 'empty', '.css': 'empty' },
    write: false,
    outdir: '.',
  });
  return gzipSync(outputFiles[0]!.contents, { level: 9 }).length / 1000;
}
