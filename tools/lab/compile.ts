import ts from 'typescript';
import type { Files } from '../../src/lessons/catalogue.ts';
import { compile } from '../../src/realm/compile.ts';
import { LabError } from './files.ts';

/**
 * The program as a text, by the very compiler that the page uses.
 * @throws LabError with `file:line:col message` a line when there are problems that forbid a run
 */
export function compileProgram(files: Files): string {
  const { text, problems } = compile(ts, files);
  const fatal = problems.filter(({ kind }) => kind !== 'type');
  if (fatal.length > 0)
    throw new LabError(
      fatal
        .map(
          ({ file, line, column, message }) =>
            `${file}:${line}:${column} ${typeof message === 'string' ? message : message.en}`,
        )
        .join('\n'),
    );
  return text;
}
