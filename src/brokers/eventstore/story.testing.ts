import type { Life } from '../../kernel/node.ts';
import { parseFaults } from '../../kernel/faults.ts';
import type { Entry } from '../../kernel/journal.ts';
import { VirtualPromise } from '../../kernel/promise.ts';
import type { StoredEvents } from '../../kernel/stored.ts';
import { World } from '../../kernel/world.ts';
import type { WorldFact } from '../facts.ts';
import type { Keep } from './commits.ts';
import { storeFacade } from './facade.ts';
import { EventStoreServer } from './server.ts';

/** What a story is told with. */
export interface Stage {
  readonly store: EventStoreServer;
  readonly eventStore: ReturnType<typeof storeFacade>;
  readonly world: World<WorldFact>;
  readonly life: Life;
  /** Waits: virtual ms. */
  readonly sleep: (ms: number) => VirtualPromise<void>;
}

/** What one service does; `yield` waits for a promise, as `await` does in learner code. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- what a yield gives depends on the promise
export type Story = (stage: Stage) => Generator<VirtualPromise<any> | undefined, void, any>;

export interface Circumstances {
  readonly seed?: number;
  readonly faults?: string;
  readonly stored?: StoredEvents;
  readonly refused?: ReadonlyMap<number, string>;
  readonly keep?: Keep;
}

export const atOnce: Keep = (_, done) => done();

/** A world in which each named service lives its story; nothing has happened in it yet. */
export function stage(stories: Readonly<Record<string, Story>>, circumstances: Circumstances = {}) {
  const { seed = 1, faults = '', stored = [], refused = new Map<number, string>(), keep = atOnce } = circumstances;
  const nodes = Object.entries(stories).map(([name, story]) => ({
    name,
    file: `${name}.ts`,
    load: (life: Life) => live(story, life),
  }));
  const describe = (error: unknown) =>
    error instanceof Error ? { name: error.name, message: error.message } : { name: 'Thrown', message: String(error) };
  const world: World<WorldFact> = new World({ seed, faults: parseFaults(faults), nodes, describe });
  const store = new EventStoreServer(world as never, keep, stored, refused);
  const eventStore = storeFacade(store, world as never);
  const sleep = (ms: number) =>
    new VirtualPromise<void>((resolve) => void world.timers.setTimeout(() => resolve(), ms));
  const live = (story: Story, life: Life): unknown => told(story({ store, eventStore, world, life, sleep }));
  return { world, store };
}

/** Plays the stories to the end. A story that fails by itself fails the test. */
export function play(stories: Readonly<Record<string, Story>>, circumstances?: Circumstances) {
  const { world, store } = stage(stories, circumstances);
  world.startAll();
  world.run(60_000);
  const { entries } = world.journal;
  for (const entry of entries)
    if (entry.type === 'node.failed' && entry.during === 'load')
      throw new Error(`${entry.node}: ${entry.error.message}`);
  return { entries: entries as readonly Entry<WorldFact>[], store, world };
}

export const text = (entries: readonly unknown[]): string => entries.map((entry) => JSON.stringify(entry)).join('\n');

function told(story: ReturnType<Story>): VirtualPromise<void> {
  return new VirtualPromise((resolve, reject) => {
    const go = (next: () => IteratorResult<VirtualPromise<unknown> | undefined, void>) => {
      let turn;
      try {
        turn = next();
      } catch (error) {
        reject(error);
        return;
      }
      if (turn.done) resolve();
      else
        VirtualPromise.resolve(turn.value).then(
          (value) => go(() => story.next(value)),
          (error: unknown) => go(() => story.throw(error)),
        );
    };
    go(() => story.next());
  });
}
