import type { Entry } from '../../kernel/journal.ts';
import type { Life } from '../../kernel/node.ts';
import type { VirtualPromise } from '../../kernel/promise.ts';
import type { StoredEvents } from '../../kernel/stored.ts';
import { told, type Telling } from '../../kernel/story.testing.ts';
import type { World } from '../../kernel/world.ts';
import { sleep, worldOf } from '../../kernel/world.testing.ts';
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

/** What one service does. */
export type Story = (stage: Stage) => Telling;

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
  const { stored = [], refused = new Map<number, string>(), keep = atOnce, ...chances } = circumstances;
  const lives = Object.entries(stories).map(([name, story]) => {
    const load = (life: Life): unknown =>
      told(story({ store, eventStore, world, life, sleep: (ms) => sleep(world as never, ms) }));
    return [name, load] as const;
  });
  const world = worldOf<WorldFact>(Object.fromEntries(lives), chances);
  const store = new EventStoreServer(world as never, keep, stored, refused);
  const eventStore = storeFacade(store, world as never);
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
