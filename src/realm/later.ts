import { context } from '../kernel/context.ts';
import { microtasks } from '../kernel/microtasks.ts';
import type { World } from '../kernel/world.ts';

/** A microtask, or a tick of Node's `process.nextTick`, in the running context; what it throws is an unhandled error. */
export function later(world: World, work: () => void, name: 'queueMicrotask' | 'nextTick'): void {
  if (typeof work !== 'function') throw new TypeError(`The "callback" argument of ${name} must be of type function`);
  const job = {
    context: context(),
    run() {
      try {
        work();
      } catch (error) {
        world.fail('unhandled', error);
      }
    },
  };
  if (name === 'nextTick') microtasks.addTick(job);
  else microtasks.add(job);
}
