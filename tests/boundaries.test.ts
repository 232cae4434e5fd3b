import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { boundaries, trespasses } from './boundaries.ts';

const roots: string[] = [];
afterAll(() => roots.forEach((root) => rmSync(root, { recursive: true })));

/** A tree on disk with these files, each importing what is listed, and with every package that an example names. */
function tree(files: Readonly<Record<string, readonly string[]>>): string {
  const root = mkdtempSync(join(tmpdir(), 'boundaries-'));
  roots.push(root);
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  write('package.json', '{ "type": "module" }');
  for (const [path, imports] of Object.entries(files)) {
    const script = imports.map((name) => `import '${name}';`).join('\n');
    write(path, path.endsWith('.svelte') ? `<script lang="ts">\n${script}\n</script>` : `${script}\nexport {};`);
    for (const name of imports.filter((each) => !each.startsWith('.'))) {
      write(`node_modules/${name}/package.json`, `{ "name": "${name}", "main": "index.js" }`);
      write(`node_modules/${name}/index.js`, '');
    }
  }
  return root;
}

test('every import goes the way that the architecture allows', async () => {
  expect(await trespasses(process.cwd(), ['src', 'lessons', 'tests', 'e2e', 'bench', 'tools'])).toEqual([]);
});

test.each(boundaries)('$name bites', async ({ name, example }) => {
  const found = await trespasses(tree(example), ['src']);
  expect(new Set(found.map((line) => line.split(':')[0]))).toEqual(new Set([name]));
});

test('a tree that keeps to the layers is let through', async () => {
  const root = tree({
    'src/kernel/clock.ts': ['rxjs'],
    'src/brokers/bus/state.ts': ['../../kernel/clock.ts'],
    'src/brokers/bus/server.ts': ['./state.ts', '../../kernel/clock.ts', 'rxjs'],
    'src/views/tape.ts': ['../brokers/bus/state.ts'],
    'src/store/events.ts': ['idb', '../kernel/clock.ts'],
    'src/ui/App.svelte': ['svelte', '../views/tape.ts', '../store/events.ts'],
  });
  expect(await trespasses(root, ['src'])).toEqual([]);
});
