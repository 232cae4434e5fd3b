import { originalPositionFor, TraceMap } from '@jridgewell/trace-mapping';
import type { Place } from '../kernel/facts.ts';
import type { Probe } from '../kernel/guard.ts';
import type { Manifest } from './compile.ts';

/** A file of the learner as the compiler emits it: called anew for each life of each node that needs it. */
export type FileFactory = (
  exports: object,
  require: (module: string) => unknown,
  module: Module,
  filename: string,
  turn: Probe['turn'],
  enter: Probe['enter'],
  leave: Probe['leave'],
  at: Probe['at'],
  services: object,
) => unknown;

/** A library from npm, packed as a CommonJS module without imports; evaluated anew for each life that asks for it. */
export type LibraryFactory = (exports: object, require: (module: string) => unknown, module: Module) => void;

export interface Module {
  exports: unknown;
}

/** What stands behind the realm's bundle in the same script: libraries, the files of the learner, and what they are. */
export class Program {
  readonly libraries: ReadonlyMap<string, LibraryFactory>;
  readonly files: ReadonlyMap<string, FileFactory>;
  readonly manifest: Manifest;
  readonly #firstLine: number;
  readonly #maps: { readonly file: string; readonly first: number; readonly map: TraceMap }[];

  /** `firstLine`: on which line of the script (from 1) the text of the program begins. */
  constructor(
    manifest: Manifest,
    firstLine: number,
    libraries: ReadonlyMap<string, LibraryFactory>,
    files: ReadonlyMap<string, FileFactory>,
  ) {
    this.manifest = manifest;
    this.libraries = libraries;
    this.files = files;
    this.#firstLine = firstLine;
    this.#maps = Object.entries(manifest.maps)
      .map(([file, { line, map }]) => ({ file, first: line, map: new TraceMap(map) }))
      .sort((a, b) => b.first - a.first);
  }

  /** The place in the learner's source of a place in the script (both from 1); `undefined` where the code is not his. */
  place(line: number, column: number): Place | undefined {
    const emitted = line - this.#firstLine + 1;
    const mapped = this.#maps.find(({ first }) => first <= emitted);
    if (!mapped) return undefined;
    const found = originalPositionFor(mapped.map, { line: emitted - mapped.first + 1, column: column - 1 });
    return found.line === null ? undefined : { file: mapped.file, line: found.line, column: found.column + 1 };
  }
}
