import { recorded } from '../brokers/eventstore/facade.ts';
import type { World } from '../kernel/world.ts';
import type { Command, Folded } from '../sandbox/protocol.ts';
import { Play } from './play.ts';
import type { Program } from './program.ts';

/** What people call the method or function that takes one event in. The first that is found is taken. */
const names = ['evolve', 'applyEvent', 'apply', 'when'] as const;
/** What they call the state before the first event: a value, or a function that makes it. */
const beginnings = ['initial', 'initialState'] as const;

type Members = Readonly<Record<string, unknown>>;

/** A state that events can be put into. */
interface Folder {
  readonly by: string;
  state(): unknown;
  take(event: unknown): void;
}

/**
 * Folds a stream by the learner's own code: a class with `applyEvent(event)` (the article's way), made for the id in the
 * stream's name, or a function `evolve(state, event)` beside an `initial` state. Services are looked at first, in the order
 * of their names, then shared code. Whatever the code does besides stays in a world that nobody sees.
 */
export function fold(
  program: Program,
  { stream, events, snapshot }: Extract<Command, { op: 'fold' }>,
  enter: (world: World) => void,
  now: () => number,
): Folded {
  const recipe = { seed: 1, faults: '', inputs: [], stored: [], until: 0 };
  const play = new Play(program, recipe, (_, done) => done(), enter);
  play.run(0);
  for (const file of filesOf(program)) {
    const folder = attempt(() => folderOf(play.exportsOf(file), stream, snapshot));
    if (!folder) continue;
    const states = [copy(folder.state())];
    let ms = 0;
    for (const [at, event] of events.entries()) {
      play.world.guard.reset();
      const began = now();
      try {
        folder.take(recorded(event));
      } catch (error) {
        return { failed: play.world.describe(error), at };
      }
      ms += now() - began;
      states.push(copy(folder.state()));
    }
    return { by: folder.by, file, states, ms };
  }
  return { nothing: true };
}

function filesOf({ manifest, files }: Program): string[] {
  const nodes = manifest.nodes.map(({ file }) => file);
  const special = [manifest.scenario, manifest.check];
  const shared = [...files.keys()].filter((file) => !nodes.includes(file) && !special.includes(file)).sort();
  return [...nodes, ...shared];
}

function folderOf(exports: unknown, stream: string, snapshot?: { readonly state: unknown }): Folder | undefined {
  if (exports === null || (typeof exports !== 'object' && typeof exports !== 'function')) return undefined;
  const members = exports as Members;
  const named = names.find((name) => typeof members[name] === 'function');
  if (named) {
    const evolve = members[named] as (state: unknown, event: unknown) => unknown;
    const beginning = beginnings.map((name) => members[name]).find((value) => value !== undefined);
    let state: unknown =
      snapshot?.state ?? (typeof beginning === 'function' ? (beginning as () => unknown)() : copy(beginning));
    return { by: named, state: () => state, take: (event) => (state = evolve(state, event) ?? state) };
  }
  const classes = [exports, ...Object.values(members)].filter((value) => typeof value === 'function');
  for (const type of classes as (new (id: string) => Members)[]) {
    const method = names.find((name) => typeof (type.prototype as Members | undefined)?.[name] === 'function');
    if (!method) continue;
    const instance = new type(stream.slice(stream.indexOf('-') + 1));
    if (snapshot) Object.assign(instance, snapshot.state);
    return {
      by: `${type.name}.${method}`,
      state: () => instance,
      take: (event) => (instance[method] as (event: unknown) => void).call(instance, event),
    };
  }
  return undefined;
}

/** Code that cannot be looked at has nothing to fold with. */
function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}

/** The state as it is now, as plain data: a class instance is its own fields. */
const copy = (state: unknown): unknown => attempt(() => JSON.parse(JSON.stringify(state ?? null)) as unknown) ?? null;
