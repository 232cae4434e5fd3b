import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { withoutDomLibs, withoutOwnWorker } from './monaco.ts';

const monaco = (path: string) => readFileSync(`node_modules/monaco-editor/esm/vs/${path}`, 'utf8');
const libraries = (code: string) => [...code.matchAll(/libFileMap\["lib\.([^"]+)\.d\.ts"\]/g)].map(([, name]) => name!);

test('the libraries of a page go, those of the language stay', () => {
  const before = monaco('languages/features/typescript/lib/lib.js');
  const after = withoutDomLibs(before);
  expect(libraries(before)).toContain('dom');
  expect(libraries(after)).toEqual(libraries(before).filter((name) => !/dom|webworker|scripthost/.test(name)));
  expect(libraries(after)).toContain('es2023');
});

test('Monaco does not start a TypeScript worker of its own', () => {
  expect(withoutOwnWorker(monaco('languages/features/typescript/workerManager.js'))).not.toContain('new Worker');
});

test('a Monaco with another layout fails the build', () => {
  expect(() => withoutDomLibs('export const libs = {};')).toThrow('withoutDomLibs');
  expect(() => withoutOwnWorker('export class WorkerManager {}')).toThrow('withoutOwnWorker');
});
