import type { WorldEntry } from '../../brokers/facts.ts';
import type { Recipe } from '../../kernel/run.ts';
import type { StoredEvents } from '../../kernel/stored.ts';
import type { Folded, Trial } from '../../sandbox/protocol.ts';
import type { Keeper, LiveCheck, LiveRun } from '../../sandbox/sandbox.ts';

/** Starts a run of a compiled program; see `sandbox.ts`. */
export async function play(program: string, recipe: Recipe, keeper?: Keeper): Promise<LiveRun<WorldEntry>> {
  const [sandbox, script] = await Promise.all([import('../../sandbox/sandbox.ts'), scriptOf(program)]);
  return sandbox.play<WorldEntry>(script, recipe, keeper);
}

/** Starts a check of a compiled program; see `sandbox.ts`. */
export async function judge(
  program: string,
  trials: readonly Trial[],
  stored: StoredEvents,
  until: number,
): Promise<LiveCheck> {
  const [sandbox, script] = await Promise.all([import('../../sandbox/sandbox.ts'), scriptOf(program)]);
  return sandbox.judge(script, trials, stored, until);
}

/** Folds events of one stream by what the program folds with; see `sandbox.ts`. */
export async function fold(
  program: string,
  stream: string,
  events: StoredEvents,
  snapshot?: { readonly state: unknown },
): Promise<{ readonly result: Promise<Folded>; stop(): void }> {
  const [sandbox, script] = await Promise.all([import('../../sandbox/sandbox.ts'), scriptOf(program)]);
  return sandbox.fold(script, stream, events, snapshot);
}

/**
 * The whole text that a worker runs: the realm's bundle, which is large and comes when it is first needed, the client
 * libraries that the program imports, then the program.
 */
async function scriptOf(program: string): Promise<string> {
  const [{ assemble, clientsOf }, { default: realm, clientOf }] = await Promise.all([
    import('../../realm/assemble.ts'),
    import('virtual:realm'),
  ]);
  return assemble(realm, program, await Promise.all(clientsOf(program).map(clientOf)));
}
