import { parseFaults } from './faults.ts';
import type { Entry, Fact } from './journal.ts';
import type { Life } from './node.ts';
import { VirtualPromise } from './promise.ts';
import { World } from './world.ts';

/** What a node of a test does when its file is evaluated; what it returns are its exports. */
export type Load<F extends Fact> = (life: Life, world: World<F>) => unknown;

/** A world whose nodes are functions of the test, not started yet. */
export function worldOf<F extends Fact>(
  nodes: Readonly<Record<string, Load<F>>>,
  { seed = 1, faults = '' }: { seed?: number; faults?: string } = {},
): World<F> {
  const world: World<F> = new World<F>({
    seed,
    faults: parseFaults(faults),
    nodes: Object.entries(nodes).map(([name, load]) => ({
      name,
      file: `${name}.ts`,
      load: (life) => load(life, world),
    })),
    describe: (error) => ({ name: (error as Error).name, message: (error as Error).message }),
  });
  return world;
}

/** A promise that is fulfilled in so many virtual ms, as learner code would make one. */
export const sleep = (world: World, ms: number): VirtualPromise<void> =>
  new VirtualPromise((resolve) => world.timers.setTimeout(() => resolve(), ms));

/** The facts of a journal without their places in it, of the types that begin with `prefix`. */
export function facts(entries: readonly Entry[], prefix = ''): object[] {
  return entries.filter(({ type }) => type.startsWith(prefix)).map(({ seq: _, time: __, cause: ___, ...fact }) => fact);
}
