/**
 * On whose behalf code is running: which life of which node, and which entry of the journal led here. Timers and promise
 * reactions remember the context in which they were asked for, so a publish after ten awaits still knows its cause, and
 * what a crashed node left behind never runs.
 */
export interface Context {
  readonly owner: Owner | undefined;
  readonly cause: number | undefined;
}

/** One life of a node, from start to crash. */
export interface Owner {
  readonly node: string;
  readonly alive: boolean;
  /** Stands still: what it has to do waits by `awake`. */
  readonly paused: boolean;
  awake(work: () => void): void;
}

/** The name under which whatever is no node stands in the journal: the scenario, the learner's own hand. */
export const outside = 'world';

const nobody: Context = { owner: undefined, cause: undefined };

let current: Context = nobody;

/** The context of the code that is running now. */
export const context = (): Context => current;

/** Makes `next` current and returns what was. For the two hot loops; elsewhere say `within`. */
export function enter(next: Context): Context {
  const previous = current;
  current = next;
  return previous;
}

/** Does `work` in this context. */
export function within<T>(next: Context, work: () => T): T {
  const previous = enter(next);
  try {
    return work();
  } finally {
    current = previous;
  }
}

/** The name of the node that is running, or `outside`. */
export const running = (): string => current.owner?.node ?? outside;
