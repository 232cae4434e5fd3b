import type { EncodedSourceMap } from '@jridgewell/trace-mapping';
import type ts from 'typescript';
import type { Message } from '../kernel/verdict.ts';
import type { Problem } from '../sandbox/protocol.ts';
import { instrument, type TypeScript } from './instrument.ts';
import { options, refusals, syntaxProblem } from './language.ts';
import { clients, resolve, role, stem, type Role } from './modules.ts';
import { offering } from './offering.ts';
import { rules } from './rules.ts';
import { topLevelAwait } from './toplevel.ts';

/** `text` runs behind the realm's bundle; it is empty where a syntax or rule problem forbids the run. */
export interface Program {
  readonly text: string;
  readonly problems: readonly Problem[];
}

/** The argument of `__eventarium.program(…)`, the last statement of a program's text. */
export interface Manifest {
  /** In the order of their names, which is the order of their start. */
  readonly nodes: readonly { readonly name: string; readonly file: string }[];
  readonly scenario: string | null;
  readonly check: string | null;
  /** Where each file's code begins in the text (1-based line) and how its places lead back to the source. */
  readonly maps: Readonly<Record<string, { readonly line: number; readonly map: EncodedSourceMap }>>;
}

/** What every file sees without an import, unless it declares the name itself. */
export const services = [
  'eventBus',
  'eventStore',
  'readModel',
  'db',
  'prometheus',
  'generateId',
  'call',
  'console',
  'process',
] as const;

/** What the two special files see besides: the word that each is made of. */
const words: Partial<Record<Role, readonly string[]>> = { scenario: ['scenario'], check: ['rules'] };

/** In UTF-16 units. A file beyond it is a paste by mistake, and would keep the compiler busy for seconds. */
const longest = 1_000_000;

/**
 * Compiles the learner's files (TypeScript, JavaScript, JSON) to one script:
 * `__eventarium.file(path, function (exports, require, module, __filename, __g, __e, __x, __w, $) { … })` for each file,
 * then `__eventarium.program(manifest)`. Where client libraries are imported it begins with
 * `__eventarium.clients([…])`, which names them for `assemble.ts` to put before it. `$` holds the services. A file with a top-level `await` returns a promise.
 * `require` is asked for paths of the program and bare modules only. Any text is a valid input; problems come in the order
 * of files and places, in the language that the compiler `ts` is set to. `modules` are allowed beside those of the realm.
 */
export function compile(
  ts: TypeScript,
  files: Readonly<Record<string, string>>,
  modules: readonly string[] = [],
): Program {
  const problems: Problem[] = [];
  const roles = new Map<string, Role>();
  const nodes = new Map<string, string>();
  for (const path of Object.keys(files).sort(byCodeUnits)) {
    const what = role(path);
    if (typeof what === 'object') {
      problems.push({ kind: 'rule', file: path, line: 1, column: 1, message: what });
      continue;
    }
    roles.set(path, what);
    if (what !== 'node') continue;
    const other = nodes.get(stem(path));
    if (other === undefined) nodes.set(stem(path), path);
    else problems.push({ kind: 'rule', file: path, line: 1, column: 1, message: twice(path, other) });
  }

  const maps: Record<string, Manifest['maps'][string]> = {};
  const imported = new Set<string>();
  let text = '';
  let lines = 1;
  const append = (piece: string) => {
    text += piece;
    lines += piece.match(/\r\n|[\n\r\u2028\u2029]/g)?.length ?? 0;
  };
  for (const [path, what] of roles) {
    const unit = compileFile(ts, path, (files[path] ?? '').replace(/^\uFEFF/, ''), what, (specifier) => {
      const target = resolve(specifier, path, roles, modules);
      if (typeof target === 'string' && clients.includes(target)) imported.add(target);
      return target;
    });
    problems.push(...unit.problems);
    append(
      `__eventarium.file(${JSON.stringify(path)}, function (exports, require, module, __filename, __g, __e, __x, __w, $) { ` +
        `var { ${[...services, ...(words[what] ?? [])].join(', ')} } = $; return (function () {\n`,
    );
    if (unit.map) maps[path] = { line: lines, map: unit.map };
    append(`${unit.code}\n})(); });\n`);
  }
  if (problems.length) return { text: '', problems };

  const special = (what: Role) => [...roles].find(([, each]) => each === what)?.[0] ?? null;
  const manifest: Manifest = {
    nodes: [...nodes].map(([name, file]) => ({ name, file })).sort((a, b) => byCodeUnits(a.name, b.name)),
    scenario: special('scenario'),
    check: special('check'),
    maps,
  };
  append(`__eventarium.program(${JSON.stringify(manifest)});\n`);
  // On the first line, which is nobody's, so that no place moves.
  const asked = imported.size > 0 ? `__eventarium.clients(${JSON.stringify([...imported])}); ` : '';
  return { text: asked + text, problems };
}

interface Unit {
  readonly code: string;
  readonly map?: EncodedSourceMap;
  readonly problems: readonly Problem[];
}

function compileFile(
  ts: TypeScript,
  path: string,
  source: string,
  what: Role,
  resolved: (specifier: string) => string | Message,
): Unit {
  const rule = (message: Message, line = 1, column = 1): Problem => ({
    kind: 'rule',
    file: path,
    line,
    column,
    message,
  });
  if (source.length > longest) return { code: '', problems: [rule(tooLong)] };
  try {
    return what === 'data' ? compileData(ts, path, source) : compileCode();
  } catch (error) {
    // The parsers recurse: some hundred brackets in each other are fine, a hundred thousand are not.
    if (error instanceof RangeError) return { code: '', problems: [rule(tooDeep)] };
    throw error;
  }

  function compileCode(): Unit {
    const problems: Problem[] = [];
    const { written, lowered } = rules(ts, what, resolved, (at, message) =>
      problems.push(rule(message, at.line + 1, at.character + 1)),
    );
    const { outputText, sourceMapText, diagnostics } = ts.transpileModule(source, {
      fileName: path,
      reportDiagnostics: true,
      compilerOptions: options(ts),
      transformers: {
        before: [written, ...(what === 'node' ? [offering(ts)] : [])],
        after: [lowered, topLevelAwait(ts), instrument(ts)],
      },
    });
    const syntax = (diagnostics ?? []).map((diagnostic) => syntaxProblem(ts, path, diagnostic));
    if (syntax.length) return { code: '', problems: syntax };

    const code = outputText.replace(/\/\/# sourceMappingURL=.*\s*$/, '');
    const { file: _, sourceRoot: __, ...map } = JSON.parse(sourceMapText ?? '') as EncodedSourceMap;
    const refused = problems.length ? [] : refusals(ts, path, source, code, map);
    return { code, map: { ...map, sources: [path] }, problems: [...problems, ...refused] };
  }
}

function compileData(ts: TypeScript, path: string, source: string): Unit {
  const { parseDiagnostics } = ts.parseJsonText(path, source) as ts.JsonSourceFile & {
    parseDiagnostics: ts.Diagnostic[];
  };
  if (parseDiagnostics.length)
    return { code: '', problems: parseDiagnostics.map((each) => syntaxProblem(ts, path, each)) };
  try {
    JSON.parse(source);
  } catch {
    const message = { ru: 'Это не JSON.', en: 'This is not JSON.' };
    return { code: '', problems: [{ kind: 'syntax', file: path, line: 1, column: 1, message }] };
  }
  return { code: `module.exports = JSON.parse(${JSON.stringify(source)});`, problems: [] };
}

function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

const twice = (path: string, other: string): Message => ({
  ru: `Сервис «${stem(path)}» уже есть: файл «${other}».`,
  en: `There is a service “${stem(path)}” already: the file “${other}”.`,
});

const tooLong: Message = { ru: 'Файл длиннее миллиона знаков.', en: 'The file is longer than a million characters.' };

const tooDeep: Message = {
  ru: 'Скобки вложены друг в друга слишком глубоко.',
  en: 'The brackets are nested in each other too deeply.',
};
