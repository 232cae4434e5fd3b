import { createContext, runInContext } from 'node:vm';
import { originalPositionFor, TraceMap } from '@jridgewell/trace-mapping';
import ts from 'typescript';
import { compile, type Manifest } from './compile.ts';

type File = (
  exports: object,
  require: (path: string) => unknown,
  module: { exports: object },
  filename: string,
  ...guardsAndServices: unknown[]
) => unknown;

/** What stands in for the realm in tests: a compiled program, its files evaluated on demand, its calls written down. */
export class Compiled {
  readonly text: string;
  readonly manifest: Manifest;
  /** The places of the calls, `line:column`, in the order in which they happened. */
  readonly calls: string[] = [];
  /** Functions entered and not left. */
  depth = 0;
  turns = 0;
  readonly #files = new Map<string, File>();
  readonly #modules = new Map<string, { exports: object }>();
  readonly #services: Record<string, unknown>;

  /** @throws where the program has problems */
  constructor(files: Record<string, string>, services: Record<string, unknown> = {}) {
    const { text, problems } = compile(ts, files);
    if (problems.length) throw new Error(JSON.stringify(problems));
    this.text = text;
    this.#services = services;
    let manifest: Manifest | undefined;
    const eventarium = {
      file: (path: string, file: File) => this.#files.set(path, file),
      program: (given: Manifest) => (manifest = given),
    };
    // Errors of the program must be those of this realm, so that `instanceof` works.
    runInContext(text, createContext({ __eventarium: eventarium, Error, ReferenceError, TypeError, Promise }), {
      filename: 'program.js',
    });
    if (!manifest) throw new Error('the program did not end with its manifest');
    this.manifest = manifest;
  }

  /** Evaluates a file once and gives its exports; `ready` is what it returned: a promise, where it waits at its top level. */
  load(path: string): { readonly exports: Record<string, never>; readonly ready: unknown } {
    const module = { exports: {} };
    const evaluate = this.#files.get(path);
    if (!evaluate) throw new Error(`no file ${path}`);
    this.#modules.set(path, module);
    const ready = evaluate(
      module.exports,
      (asked) =>
        (this.#modules.get(asked) ?? (this.#files.has(asked) ? this.load(asked) : { exports: this.#services })).exports,
      module,
      path,
      () => this.turns++,
      () => this.depth++,
      () => this.depth--,
      (value: unknown, line: number, column: number) => (this.calls.push(`${line}:${column}`), value),
      this.#services,
    );
    return { exports: module.exports, ready };
  }

  /** Where in the source the first frame of an error's stack that has a source lies: `file:line:column`. */
  place(error: unknown): string | undefined {
    for (const [, line, column] of String((error as Error).stack).matchAll(/program\.js:(\d+):(\d+)/g))
      for (const { line: first, map } of Object.values(this.manifest.maps).reverse()) {
        if (Number(line) < first) continue;
        const at = originalPositionFor(new TraceMap(map), {
          line: Number(line) - first + 1,
          column: Number(column) - 1,
        });
        if (at.line !== null) return `${at.source}:${at.line}:${at.column + 1}`;
        break;
      }
    return undefined;
  }
}
