import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import type { Files } from '../../src/lessons/catalogue.ts';

/** Sources of a directory and its `lib/`, by path; other directories are not part of a program. */
export function readFiles(directory: string, prefix = ''): Files {
  if (!existsSync(directory)) throw new LabError(`there is no directory ${directory}`);
  const files: Record<string, string> = {};
  const walk = (folder: string) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      const name = relative(directory, path).replaceAll('\\', '/');
      if (entry.isDirectory()) {
        if (name === 'lib' || name.startsWith('lib/')) walk(path);
      } else if (
        /\.(ts|js|json)$/.test(entry.name) &&
        !/\.d\.ts$|^(tsconfig|package|package-lock|lesson)\.json$/.test(entry.name)
      )
        files[prefix + name] = readFileSync(path, 'utf8');
    }
  };
  walk(directory);
  return files;
}

/** The program of a directory as `lab run` plays it: its files, the lesson's given services, and a scenario if there is one. */
export function readProgram(directory: string, scenario?: string): Files {
  const { 'check.ts': _, ...files } = readFiles(directory);
  const given = resolve(directory, '../given');
  const beside = resolve(directory, '../scenario.ts');
  const chosen = scenario ?? (existsSync(beside) ? beside : undefined);
  return {
    ...files,
    ...(existsSync(given) && basename(resolve(directory)) !== 'given' ? readFiles(given, 'given/') : {}),
    ...(chosen === undefined ? {} : { 'scenario.ts': readText(chosen) }),
  };
}

/** @throws LabError when it cannot be read */
export function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw new LabError(`cannot read ${path}`);
  }
}

/** Where this project is, wherever the command was started. */
export const root = resolve(dirname(new URL(import.meta.url).pathname), '../..');

/** A mistake of whoever called the lab: one sentence on stderr, exit 1. */
export class LabError extends Error {}
