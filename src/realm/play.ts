import { BusServer } from '../brokers/bus/server.ts';
import type { Keep } from '../brokers/eventstore/commits.ts';
import { EventStoreServer } from '../brokers/eventstore/server.ts';
import type { WorldFact } from '../brokers/facts.ts';
import { place as rabbitmq } from '../brokers/rabbitmq/broker.ts';
import { RabbitServer } from '../brokers/rabbitmq/server.ts';
import { TablesServer } from '../brokers/tables/server.ts';
import { rebuildOf } from '../brokers/tables/state.ts';
import { Calls } from '../kernel/calls.ts';
import { outside, within } from '../kernel/context.ts';
import type { Failure } from '../kernel/facts.ts';
import { parseFaults } from '../kernel/faults.ts';
import type { Input, Recipe } from '../kernel/run.ts';
import { World, type Standing } from '../kernel/world.ts';
import type { Command, Plan, Scenario } from '../lessons/scenario.ts';
import { describe, places } from './failure.ts';
import { Loader } from './loader.ts';
import { environment } from './environment.ts';
import type { Program } from './program.ts';

const empty: Plan = { commands: [], asleep: new Set() };

/**
 * One run: the world with its brokers, the learner's program in it, and the scenario. A function of the program, the
 * recipe and the variant: whoever drives it decides how far it goes, never what happens.
 */
export class Play {
  readonly world: World<WorldFact>;
  readonly #bus: BusServer;
  readonly #calls: Calls;
  readonly #tables: TablesServer;
  readonly #rabbit: RabbitServer;
  readonly #inputs: Input[];
  readonly #program: Program;
  readonly #loader: Loader;

  /** `keep` makes appends durable; `variant` names a compared run of a rule. The run stands at virtual time 0, before its first step. */
  constructor(program: Program, recipe: Recipe, keep: Keep, enter: (world: World) => void, variant?: string) {
    this.#program = program;
    this.#inputs = recipe.inputs.filter(({ do: deed }) => deed !== 'refuse').sort((a, b) => a.time - b.time);
    const refused = recipe.inputs.flatMap((input) =>
      input.do === 'refuse' ? [[input.commit, input.because] as const] : [],
    );

    const asleep = new Set<string>();
    this.world = new World<WorldFact>({
      seed: recipe.seed,
      faults: parseFaults(recipe.faults),
      past: recipe.stored.length,
      nodes: program.manifest.nodes.flatMap(({ name, file }) =>
        [name, rebuildOf(name)].map((name) => ({ name, file, load: () => this.#loader.load(file) })),
      ),
      describe: (error) => this.#describe(error),
    });
    enter(this.world as unknown as World);
    this.#bus = new BusServer(this.world as never);
    this.#calls = new Calls(this.world as never);
    this.#tables = new TablesServer(this.world as never);
    const store = new EventStoreServer(this.world as never, keep, recipe.stored, new Map(refused));
    this.#rabbit = new RabbitServer(this.world as never);
    const parts = {
      world: this.world as unknown as World,
      bus: this.#bus,
      calls: this.#calls,
      store,
      tables: this.#tables,
      rabbit: this.#rabbit,
    };
    this.#loader = new Loader(program, this.world.guard, environment(parts));

    const plan = this.#plan(variant);
    for (const name of plan.asleep) asleep.add(name);
    for (const command of plan.commands) this.world.clock.after(command.time, () => this.#perform(command));
    for (const { name } of program.manifest.nodes) if (!asleep.has(name)) this.world.start(name);
  }

  /** What a file exports: the live exports of a node, or those of shared code, evaluated for the one who asks. */
  exportsOf(file: string): unknown {
    const node = this.#program.manifest.nodes.find((each) => each.file === file);
    return node ? this.world.life(node.name)?.exports : this.#loader.load(file);
  }

  /** Goes on; inputs of the recipe happen when everything of their instant has happened, as they did in the first run. */
  run(until: number, sliced?: () => boolean): Standing {
    for (;;) {
      const input = this.#inputs[0];
      const limit = input && input.time <= until ? input.time : until;
      const standing = this.world.run(limit, sliced);
      const arrived = input !== undefined && limit === input.time && (standing === 'granted' || standing === 'rest');
      if (!arrived) return standing;
      this.#inputs.shift();
      this.input(input);
    }
  }

  /** Something the learner does where the run stands. */
  input(input: Input): void {
    this.world.clock.advance(input.time);
    this.#perform(input);
  }

  #perform(command: Command): void {
    const { world } = this;
    within({ owner: undefined, cause: undefined }, () => {
      switch (command.do) {
        case 'call':
          this.#calls.command(command.service, command.method, command.args);
          break;
        case 'publish':
          this.#bus.publish(command.event, command.data).catch((error: unknown) => world.fail('unhandled', error));
          break;
        case 'start':
        case 'restart':
          if (command.node === rabbitmq) this.#rabbit.restart();
          else world.start(command.node);
          break;
        case 'crash':
          world.crash(command.node, 'input');
          break;
        case 'pause':
          world.pause(command.node);
          break;
        case 'resume':
          world.resume(command.node);
          break;
        case 'cut':
          world.cutOff(command.node, command.by);
          break;
        case 'slow':
          world.slow(command.node, command.by);
          break;
        case 'deliver':
        case 'delay':
        case 'duplicate':
        case 'drop':
          this.#strike(command);
          break;
        case 'rebuild':
          this.#rebuild(command.node);
          break;
        case 'refuse':
      }
    });
  }

  /** A deed done to one message: to one on its way by the network, to one that waits by the bus. */
  #strike(deed: Extract<Input, { id: string }>): void {
    const { id, place } = deed;
    if (!place.includes('>')) return this.#bus.strike(deed);
    const { network } = this.world;
    if (deed.do === 'delay') network.delay(id, place, deed.by);
    else network[deed.do](id, place);
  }

  /** What an earlier rebuild has made is thrown away. */
  #rebuild(projection: string): void {
    const { world } = this;
    if (!world.life(projection)) return;
    const node = rebuildOf(projection);
    world.crash(node, 'input');
    this.#tables.empty(node);
    world.start(node);
  }

  #plan(variant: string | undefined): Plan {
    const file = this.#program.manifest.scenario;
    if (file === null) return empty;
    const random = this.world.stream('scenario');
    try {
      const { default: written } = this.#loader.load(file) as { default?: unknown };
      if (typeof written !== 'function')
        throw new TypeError('scenario.ts must export default scenario((world) => { … })');
      return (written as Scenario)(() => random.fraction(), variant);
    } catch (error) {
      this.world.record(outside, { type: 'node.failed', during: 'load', error: this.world.describe(error) });
      return empty;
    }
  }

  #describe(error: unknown): Failure {
    const failure = describe(error);
    for (const { line, column } of places(error)) {
      const at = this.#program.place(line, column);
      if (at) return { ...failure, at };
    }
    return failure;
  }
}
