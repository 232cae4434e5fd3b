import { BusServer } from '../../src/brokers/bus/server.ts';
import type { WorldEntry } from '../../src/brokers/facts.ts';
import type { World } from '../../src/kernel/world.ts';
import { sleep, worldOf } from '../../src/kernel/world.testing.ts';
import type { Life } from '../../src/kernel/node.ts';

const orders = 50;
const faults = 'duplicate:0.1,reorder:0.3,delay:0-20,crash:0.05';

/** Does its work, tells of it, and acknowledges. What follows an `await` says whose it is: native promises do not remember it. */
const worker = (takes: string, tells: string) => (bus: BusServer, life: Life, world: World) =>
  bus.subscribe(life, takes, async (order) => {
    await sleep(world, 5);
    await life.do(undefined, () => bus.publish(tells, order));
  });

const services = {
  payment: worker('order.created', 'payment.made'),
  shipping: worker('payment.made', 'order.shipped'),
};

/** Fifty orders through three services on a bus that duplicates, reorders and delays, while services crash and come back. */
export function begin(seed: number): World {
  const world = worldOf<never>(
    Object.fromEntries(
      Object.entries(services).map(([name, service]) => [
        name,
        (life: Life) => void service(bus, life, world as never),
      ]),
    ),
    { seed, faults },
  );
  const bus = new BusServer(world as never);
  const random = world.stream('orders');
  world.startAll();
  for (let order = 0; order < orders; order++)
    world.clock.after(random.between(0, 2_000), () => void bus.publish('order.created', { orderId: `order-${order}` }));
  return world as never;
}

/** How many orders of this world were shipped: all of them, whatever went wrong on the way. */
export function shipped({ journal }: World): number {
  const done = new Set<string>();
  for (const entry of journal.entries as unknown as readonly WorldEntry[])
    if (entry.type === 'bus.published' && entry.event === 'order.shipped')
      done.add((entry.data as { orderId: string }).orderId);
  return done.size;
}
