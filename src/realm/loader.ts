import type { Guard, Probe } from '../kernel/guard.ts';
import type { Module, Program } from './program.ts';

/** Names that Node gives to its own modules too. */
const plain = (name: string) => (name.startsWith('node:') ? name.slice(5) : name);

/**
 * Evaluates files and libraries for the lives of nodes. Each life has module instances of its own, as each process has:
 * a crash takes module scope along, and two services share nothing by importing the same file.
 */
export class Loader {
  readonly #program: Program;
  readonly #guard: Guard;
  readonly #services: object;
  readonly #builtins: Readonly<Record<string, unknown>>;
  readonly #probes = new Map<string, Probe>();

  /** `builtins` are the modules that are made for this run, by name; `services` is what every file sees without an import. */
  constructor(program: Program, guard: Guard, services: object, builtins: Readonly<Record<string, unknown>>) {
    this.#program = program;
    this.#guard = guard;
    this.#services = services;
    this.#builtins = builtins;
  }

  /** Evaluates the file of a node; what comes back are its exports, as a promise where the file waits at its top level. */
  node(file: string): unknown {
    return this.#evaluate(file, this.requiring());
  }

  /** A `require` with module instances of its own. */
  requiring(): (name: string) => unknown {
    const modules = new Map<string, Module>();
    const require = (asked: string): unknown => {
      const name = plain(asked);
      if (Object.hasOwn(this.#builtins, name)) return this.#builtins[name];
      const known = modules.get(name);
      if (known) return known.exports;
      const module: Module = { exports: {} };
      modules.set(name, module);
      const library = this.#program.libraries.get(name);
      if (library) library(module.exports as object, require, module);
      else if (this.#program.files.has(name)) this.#evaluate(name, require, module);
      else throw new Error(`Cannot find module '${asked}'`);
      return module.exports;
    };
    return require;
  }

  #evaluate(file: string, require: (name: string) => unknown, module: Module = { exports: {} }): unknown {
    const { turn, enter, leave, at } = this.#probe(file);
    const waits = this.#program.files.get(file)!(
      module.exports as object,
      require,
      module,
      file,
      turn,
      enter,
      leave,
      at,
      this.#services,
    ) as PromiseLike<unknown> | undefined;
    return typeof waits?.then === 'function' ? waits.then(() => module.exports) : module.exports;
  }

  #probe(file: string): Probe {
    let probe = this.#probes.get(file);
    if (!probe) this.#probes.set(file, (probe = this.#guard.probe(file)));
    return probe;
  }
}
