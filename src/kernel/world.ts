import { Clock } from './clock.ts';
import { context, running, within } from './context.ts';
import type { BudgetName, Failure, KernelFact, Place } from './facts.ts';
import { Faults, type Fault } from './faults.ts';
import { budgets, BudgetExceeded, Guard } from './guard.ts';
import { Journal, type Entry, type Fact } from './journal.ts';
import { microtasks, TooManyMicrotasks } from './microtasks.ts';
import { Network } from './network.ts';
import { Life } from './node.ts';
import { unheard, VirtualPromise } from './promise.ts';
import { Random } from './random.ts';
import { Timers } from './timers.ts';

/** Virtual time 0 on the calendar of learner code: 2026-01-01T00:00:00Z. */
export const epoch = 1_767_225_600_000;

/** How a crashed node comes back by itself after a fault: virtual ms. */
const restartsAfter = 1_000;

export interface NodeDefinition {
  readonly name: string;
  readonly file: string;
  /** Evaluates the file for this life and gives its exports, at once or later. */
  load(life: Life): unknown;
}

/**
 * Where a run stands. `rest`: nothing is left to happen. `granted`: the next thing is later than was allowed.
 * `held`: virtual time waits for the outer store. `sliced`: the caller wanted to breathe. `stopped`: a budget was exceeded.
 */
export type Standing = 'rest' | 'granted' | 'held' | 'sliced' | 'stopped';

export interface WorldOptions {
  readonly seed: number;
  readonly faults: readonly Fault[];
  /** How many events there are already. Whoever goes on from them draws other ids than those who wrote them: a process that starts anew does, too. */
  readonly past?: number;
  readonly nodes: readonly NodeDefinition[];
  /** How an error of learner code is written down. */
  readonly describe: (error: unknown) => Failure;
}

/**
 * The simulated world of one run: clock, journal, random streams, network, faults and the nodes. Brokers and stores are
 * built on it; it knows none of them. Everything happens inside `run`.
 */
export class World<F extends Fact = Fact> {
  readonly clock = new Clock();
  readonly journal = new Journal<F>(() => this.clock.now);
  readonly faults: Faults;
  readonly network: Network;
  readonly timers: Timers;
  readonly guard: Guard;
  /** The random stream of learner code: `Math.random`, UUIDs. */
  readonly random: Random;
  readonly #describe: (error: unknown) => Failure;
  readonly #places = new WeakMap<object, Place>();
  readonly #seed: number;
  readonly #definitions: ReadonlyMap<string, NodeDefinition>;
  readonly #lives = new Map<string, Life>();
  readonly #instants: (() => boolean)[] = [];
  readonly #slowed = new Map<string, number>();
  #holds = 0;
  #stopped = false;
  #tasksOfInstant = 0;
  #entriesBeforeStep = 0;

  constructor(options: WorldOptions) {
    microtasks.clear();
    unheard.clear();
    this.#seed = options.seed;
    this.#describe = options.describe;
    this.random = this.stream(options.past ? `learner ${options.past}` : 'learner');
    this.faults = new Faults(options.faults, this.stream('faults'));
    this.network = new Network(this.clock, this.stream('network'), this.faults, (kind, place, id) => {
      this.record(place.split('>')[0]!, { type: 'fault.struck', kind, place, ...(id === undefined ? {} : { id }) });
    });
    this.timers = new Timers(this.clock, (error) => this.fail('unhandled', error));
    this.guard = new Guard((budget, at) => this.#stop(budget, at));
    this.#definitions = new Map(options.nodes.map((node) => [node.name, node]));
  }

  /** A random stream of its own: a draw from it moves no other. */
  stream(name: string): Random {
    return new Random(this.#seed, name);
  }

  get now(): number {
    return this.clock.now;
  }

  /** Writes a kernel fact down; brokers, whose facts the kernel does not know, use `journal.append`. Its cause is the running context's. */
  record(node: string, fact: KernelFact, cause = context().cause): Entry<KernelFact> {
    return this.append(node, fact as unknown as F, cause) as unknown as Entry<KernelFact>;
  }

  /**
   * Writes any fact down, because of what is running now unless told otherwise.
   * @throws BudgetExceeded once the run is stopped
   */
  append<G extends F>(node: string, fact: G, cause = context().cause): Entry<G> {
    if (this.#stopped) throw new BudgetExceeded();
    const entry = this.journal.append(node, fact, cause);
    if (entry.seq >= budgets.entries) this.#stop('entries', this.guard.here);
    else if (entry.seq - this.#entriesBeforeStep >= budgets.burst) this.#stop('burst', this.guard.here);
    return entry;
  }

  /** Called at the end of every step, when no promise has anything left to do; true when that made something happen. */
  onInstant(settle: () => boolean): void {
    this.#instants.push(settle);
  }

  /** Virtual time stands still until as many `release`s. */
  hold(): void {
    this.#holds++;
  }

  release(): void {
    this.#holds--;
  }

  life(node: string): Life | undefined {
    return this.#lives.get(node);
  }

  /** Starts every node, in the order in which they were defined. */
  startAll(): void {
    for (const name of this.#definitions.keys()) this.start(name);
  }

  /** Starts a node, or starts it again: its file is evaluated anew. Does nothing while it lives, or once the run is stopped. */
  start(name: string): void {
    const definition = this.#definitions.get(name);
    const previous = this.#lives.get(name);
    if (!definition || previous?.alive || this.#stopped) return;
    const life = new Life(name, (previous?.incarnation ?? 0) + 1);
    this.#lives.set(name, life);
    const { file } = definition;
    const started = this.record(
      name,
      previous ? { type: 'node.restarted', file, incarnation: life.incarnation } : { type: 'node.started', file },
    );
    life.do(started.seq, () => {
      life.ready = VirtualPromise.try(() => definition.load(life)).then((exports) => life.offer(exports));
      life.ready.then(undefined, (error: unknown) => this.fail('load', error));
    });
  }

  /** Ends the life of a node: module scope, timers, pending promises and connections are gone. */
  crash(name: string, because: 'fault' | 'input'): void {
    const life = this.#lives.get(name);
    if (!life?.alive) return;
    const crashed = this.record(name, { type: 'node.crashed', because });
    within({ owner: undefined, cause: crashed.seq }, () => life.end());
    if (because === 'fault')
      this.clock.after(restartsAfter, () => within({ owner: undefined, cause: crashed.seq }, () => this.start(name)));
  }

  /** Breaks every connection of a node for so long: virtual ms. */
  cutOff(node: string, forMs: number): void {
    this.record(node, { type: 'fault.struck', kind: 'cut', place: node });
    this.network.cutOff(node, forMs);
  }

  /** From now on each handler of a node begins so much later (virtual ms), through restarts too. */
  slow(node: string, by: number): void {
    this.record(node, { type: 'fault.struck', kind: 'slow', place: node });
    this.#slowed.set(node, by);
  }

  /** How much later a handler of this node begins: virtual ms. */
  slowness(node: string): number {
    return this.#slowed.get(node) ?? 0;
  }

  /** Lets a node stand still: what comes in waits, and so do its timers and promises. */
  pause(node: string): void {
    const life = this.#lives.get(node);
    if (!life?.alive || life.paused) return;
    this.record(node, { type: 'fault.struck', kind: 'pause', place: node });
    life.pause();
  }

  /** Lets a paused node go on. */
  resume(node: string): void {
    const life = this.#lives.get(node);
    if (!life?.alive || !life.paused) return;
    this.record(node, { type: 'fault.struck', kind: 'resume', place: node });
    life.resume();
  }

  /** The error as the journal keeps it, with the place of the learner's code that it is about, if one is known. */
  describe(error: unknown): Failure {
    const failure = this.#describe(error);
    const at = failure.at ?? (typeof error === 'object' && error !== null ? this.#places.get(error) : undefined);
    return at ? { ...failure, at } : failure;
  }

  /** Remembers which call of learner code an error is about: one that is made later has no stack that leads there. */
  blame<E extends Error>(error: E, at: Place | undefined): E {
    if (at) this.#places.set(error, at);
    return error;
  }

  /** Writes down what the learner's code threw and nobody caught, as the node that is running. */
  fail(during: 'load' | 'unhandled', error: unknown): void {
    if (error instanceof BudgetExceeded || this.#stopped) return;
    this.record(running(), { type: 'node.failed', during, error: this.describe(error) });
  }

  /** Goes on until nothing is left, or until the next thing would be later than `until` (virtual ms). */
  run(until: number, sliced: () => boolean = () => false): Standing {
    try {
      return this.#stopped ? 'stopped' : this.#go(until, sliced);
    } catch (error) {
      // A budget can be exceeded while a broker works, not the learner: whatever it was about to do, the run is over.
      if (error instanceof BudgetExceeded) return 'stopped';
      throw error;
    }
  }

  #go(until: number, sliced: () => boolean): Standing {
    for (let steps = 1; ; steps++) {
      this.#finishInstant();
      if (this.#stopped) return 'stopped';
      if (this.#holds > 0) return 'held';
      if (this.clock.foreground === 0) return 'rest';
      const { next } = this.clock;
      if (next > until) return 'granted';
      if (next > this.clock.now) this.#tasksOfInstant = 0;
      else if (++this.#tasksOfInstant > budgets.tasks) {
        const at = this.guard.here;
        this.#stop('tasks', at, at && [...this.#definitions.values()].find(({ file }) => file === at.file)?.name);
        return 'stopped';
      }
      if ((steps & 63) === 0 && sliced()) return 'sliced';
      this.guard.reset();
      this.#entriesBeforeStep = this.journal.entries.length;
      this.clock.step();
    }
  }

  /**
   * Promises first, then what waits for their end (a store that commits), one at a time, until neither has anything to do.
   * Nothing else happens while time is held: an answer that takes long meets the same world as one that comes at once.
   */
  #finishInstant(): void {
    do {
      try {
        microtasks.drain(budgets.microtasks);
      } catch (error) {
        if (!(error instanceof TooManyMicrotasks)) throw error;
        within(error.context, () => this.#stop('microtasks', this.guard.here));
      }
      if (this.#stopped) {
        microtasks.clear();
        unheard.clear();
        return;
      }
      for (const [promise, where] of unheard) {
        unheard.delete(promise);
        if (where.owner?.alive !== false) within(where, () => this.fail('unhandled', promise.value));
      }
    } while (this.#holds === 0 && (microtasks.size > 0 || this.#instants.some((settle) => settle())));
  }

  /** The last entry of this run says which budget was exceeded and where. */
  #stop(budget: BudgetName, at: Place | undefined, node = running()): void {
    if (this.#stopped) return;
    this.#stopped = true;
    this.guard.halt();
    const { cause } = context();
    const error = { name: 'BudgetExceeded', message: sentences[budget], ...(at ? { at } : {}) };
    const fact: KernelFact = { type: 'node.failed', during: 'budget', budget, error };
    this.journal.append(node, fact as unknown as F, cause);
  }
}

const sentences: Record<BudgetName, string> = {
  loop: `a loop or recursion went on for more than ${budgets.loop} turns within one step`,
  microtasks: `more than ${budgets.microtasks} promise reactions followed each other without virtual time moving on`,
  burst: `one step wrote more than ${budgets.burst} entries into the journal`,
  entries: `the run wrote more than ${budgets.entries} entries into its journal`,
  tasks: `more than ${budgets.tasks} things happened without virtual time moving on`,
};
