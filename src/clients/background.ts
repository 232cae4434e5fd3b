import type { Timer } from '../kernel/clock.ts';
import { context, within } from '../kernel/context.ts';
import { Life } from '../kernel/node.ts';
import type { World } from '../kernel/world.ts';

/**
 * `setInterval` for what a library does by itself, such as heartbeats: it does not keep a run from coming to rest, and
 * dies with its node.
 */
export function backgroundTimers(world: World) {
  const running = new Map<number, Timer>();
  let ids = 0;
  const setInterval = (work: () => void, period: number): number => {
    const id = ++ids;
    const asked = context();
    const life = asked.owner instanceof Life ? asked.owner : undefined;
    const turn = () => {
      if (life && !life.alive) return;
      running.set(id, world.clock.after(period, turn, true));
      const due = () =>
        within(asked, () => {
          try {
            work();
          } catch (error) {
            world.fail('unhandled', error);
          }
        });
      if (life) life.awake(due);
      else due();
    };
    running.set(id, world.clock.after(period, turn, true));
    return id;
  };
  const clearInterval = (id?: number): void => {
    if (id === undefined) return;
    running.get(id)?.cancel();
    running.delete(id);
  };
  return { setInterval, clearInterval };
}
