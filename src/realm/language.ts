import { originalPositionFor, TraceMap, type EncodedSourceMap } from '@jridgewell/trace-mapping';
import { parse } from 'acorn';
import type ts from 'typescript';
import type { Problem } from '../sandbox/protocol.ts';
import type { TypeScript } from './instrument.ts';

/**
 * How learner code is lowered: ES2015 has no `async`, so that every promise is one of the realm's, and no `**`, so that
 * every power is `Math.pow`, whose digits are the same in every engine.
 */
export function options(ts: TypeScript): ts.CompilerOptions {
  return {
    target: ts.ScriptTarget.ES2015,
    module: ts.ModuleKind.CommonJS,
    moduleDetection: ts.ModuleDetectionKind.Force,
    newLine: ts.NewLineKind.LineFeed,
    allowJs: true,
    esModuleInterop: true,
    removeComments: true,
    sourceMap: true,
    strict: true,
    useDefineForClassFields: true,
  };
}

/** Texts that the compiler lets pass and an engine would not: names declared twice, a `break` out of nothing, … */
export function refusals(ts: TypeScript, path: string, source: string, code: string, map: EncodedSourceMap): Problem[] {
  try {
    parse(code, { ecmaVersion: 2024, allowReturnOutsideFunction: true });
    return [];
  } catch (error) {
    if (!(error instanceof SyntaxError) || !('loc' in error)) throw error;
    const said = grammar(ts, path, source);
    if (said.length) return said;
    const { line, column } = originalPositionFor(new TraceMap(map), error.loc as { line: number; column: number });
    const message = {
      ru: 'С этого места JavaScript не понимает код.',
      en: 'JavaScript does not understand the code from here on.',
    };
    return [{ kind: 'syntax', file: path, line: line ?? 1, column: (column ?? 0) + 1, message }];
  }
}

/** TypeScript has a list of errors that are errors in JavaScript too, and reports just these where a file is not to be checked. */
function grammar(ts: TypeScript, path: string, source: string): Problem[] {
  const name = 'grammar.js';
  const file = ts.createSourceFile(name, source, {
    languageVersion: ts.ScriptTarget.ES2016,
    impliedNodeFormat: undefined,
  });
  const host: ts.CompilerHost = {
    getSourceFile: (each) => (each === name ? file : undefined),
    getDefaultLibFileName: () => '',
    getCurrentDirectory: () => '',
    getCanonicalFileName: (each) => each,
    getNewLine: () => '\n',
    fileExists: (each) => each === name,
    readFile: () => undefined,
    useCaseSensitiveFileNames: () => true,
    writeFile: () => undefined,
  };
  const program = ts.createProgram(
    [name],
    { ...options(ts), target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext, noLib: true, noResolve: true },
    host,
  );
  return program.getSemanticDiagnostics(file).map((diagnostic) => syntaxProblem(ts, path, diagnostic));
}

/** What the compiler says, with its place, in the language that it is set to. */
export function syntaxProblem(ts: TypeScript, path: string, { file, start = 0, messageText }: ts.Diagnostic): Problem {
  const { line, character } = file?.getLineAndCharacterOfPosition(start) ?? { line: 0, character: 0 };
  const message = ts.flattenDiagnosticMessageText(messageText, '\n');
  return { kind: 'syntax', file: path, line: line + 1, column: character + 1, message };
}
