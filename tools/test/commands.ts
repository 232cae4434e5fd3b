import ts from 'typescript';
import type { BrowserCommand } from 'vitest/node';
import { compile } from '../../src/realm/compile.ts';

/** Compiles files for a test in the browser, which has no compiler: the text of the program. */
const compileProgram: BrowserCommand<[files: Record<string, string>]> = (_, files) => {
  const { text, problems } = compile(ts, files);
  if (text === '') throw new Error(JSON.stringify(problems));
  return text;
};

/** What tests in the browser can ask of Node: `import { commands } from 'vitest/browser'`. */
export const commands = { compileProgram };

declare module 'vitest/browser' {
  interface BrowserCommands {
    compileProgram(files: Record<string, string>): Promise<string>;
  }
}
