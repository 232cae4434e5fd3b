import type { WorldEntry } from '../../brokers/facts.ts';
import type { Recipe } from '../../kernel/run.ts';
import type { StoredEvents } from '../../kernel/stored.ts';
import type { Trial } from '../../sandbox/protocol.ts';
import type { Keeper, LiveCheck, LiveRun } from '../../sandbox/sandbox.ts';

/** What a program is played with. It is large and comes when the learner first runs something. */
async function engine() {
  const [sandbox, { assemble }, { default: realm }] = await Promise.all([
    import('../../sandbox/sandbox.ts'),
    import('../../realm/assemble.ts'),
    import('virtual:realm'),
  ]);
  return { ...sandbox, script: (program: string) => assemble(realm, program) };
}

/** Starts a run of a compiled program; see `sandbox.ts`. */
export async function play(program: string, recipe: Recipe, keeper?: Keeper): Promise<LiveRun<WorldEntry>> {
  const [sandbox, script] = await Promise.all([import('../../sandbox/sandbox.ts'), scriptOf(program)]);
  return sandbox.play<WorldEntry>(script, recipe, keeper);
}

export async function judge(
  program: string,
  trials: readonly Trial[],
  stored: StoredEvents,
  until: number,
): Promise<LiveCheck> {
  const [sandbox, script] = await Promise.all([import('../../sandbox/sandbox.ts'), scriptOf(program)]);
  return sandbox.judge(script, trials, stored, until);
}

/** The whole text that a worker runs: the realm's bundle, then the program. */
async function scriptOf(program: string): Promise<string> {
  const [{ assemble }, { default: realm }] = await Promise.all([
    import('../../realm/assemble.ts'),
    import('virtual:realm'),
  ]);
  return assemble(realm, program);
}
