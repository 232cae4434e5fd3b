import type { Guard, Probe } from '../kernel/guard.ts';
import type { Require, Surroundings } from './environment.ts';
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
  readonly #environment: (require: Require) => Surroundings;
  readonly #probes = new Map<string, Probe>();

  constructor(program: Program, guard: Guard, environment: (require: Require) => Surroundings) {
    this.#program = program;
    this.#guard = guard;
    this.#environment = environment;
  }

  /** Evaluates a file as a life of its own and gives its exports: a promise of them, where it waits at its top level. */
  load(file: string): unknown {
    const evaluated = new Map<string, Module>();
    const require: Require = (asked) => {
      const name = plain(asked);
      if (Object.hasOwn(surroundings.modules, name)) return surroundings.modules[name];
      const known = evaluated.get(name);
      if (known) return known.exports;
      const module: Module = { exports: {} };
      evaluated.set(name, module);
      const library = this.#program.libraries.get(name);
      if (library) library(module.exports as object, require, module);
      else if (this.#program.files.has(name)) this.#evaluate(name, require, surroundings, module);
      else throw new Error(`Cannot find module '${asked}'`);
      return module.exports;
    };
    const surroundings = this.#environment(require);
    const module: Module = { exports: {} };
    const waits = this.#evaluate(file, require, surroundings, module) as PromiseLike<unknown> | undefined;
    return typeof waits?.then === 'function' ? waits.then(() => module.exports) : module.exports;
  }

  #evaluate(file: string, require: Require, { services }: Surroundings, module: Module): unknown {
    const { turn, enter, leave, at } = this.#probe(file);
    const evaluate = this.#program.files.get(file)!;
    return evaluate(module.exports as object, require, module, file, turn, enter, leave, at, services);
  }

  #probe(file: string): Probe {
    let probe = this.#probes.get(file);
    if (!probe) this.#probes.set(file, (probe = this.#guard.probe(file)));
    return probe;
  }
}
