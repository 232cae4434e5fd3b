import ts from 'typescript';
import type { BrowserCommand } from 'vitest/node';
import type { Recipe } from '../../src/kernel/run.ts';
import { compile } from '../../src/realm/compile.ts';
import { compileProgram as compileInLab } from '../lab/compile.ts';
import { playProgram } from '../lab/run.ts';

/** Compiles files for a test in the browser, which has no compiler: the text of the program. */
const compileProgram: BrowserCommand<[files: Record<string, string>]> = (_, files) => {
  const { text, problems } = compile(ts, files);
  if (text === '') throw new Error(JSON.stringify(problems));
  return text;
};

/** Plays files in the lab, for a test to compare with: the journal as NDJSON. */
const playInNode: BrowserCommand<[files: Record<string, string>, recipe: Recipe]> = async (_, files, recipe) => {
  const lines: string[] = [];
  await playProgram(compileInLab(files), recipe, (json) => lines.push(json));
  return lines.join('\n');
};

/** What tests in the browser can ask of Node: `import { commands } from 'vitest/browser'`. */
export const commands = { compileProgram, playInNode };

declare module 'vitest/browser' {
  interface BrowserCommands {
    compileProgram(files: Record<string, string>): Promise<string>;
    playInNode(files: Record<string, string>, recipe: Recipe): Promise<string>;
  }
}
