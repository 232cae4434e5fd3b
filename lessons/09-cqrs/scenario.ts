import { scenario } from 'eda/scenario';

const customers = ['anna', 'boris'];
const hostile = [
  { type: 'evil' },
  { orderId: 'CLIENT' },
  { amount: -50 },
  { amount: 0.5 },
  { customerId: '' },
  { type: 'order.deleted', orderId: 'CLIENT', eventId: 'CLIENT' },
];

export default scenario((world) => {
  const pick = <T>(list: readonly T[]) => list[Math.floor(world.random() * list.length)];
  const create = (time: number, commandId: string, data: object) =>
    world.at(time).call('order-commands', 'handleCreateOrder', { commandId, data });
  const ask = (time: number, method: string, ...args: unknown[]) =>
    world.at(time).call('order-queries', method, ...args);

  for (let n = 1; n <= 12; n++) {
    const time = 100 * n;
    const data = { customerId: pick(customers), amount: 100 * n };
    create(time, `c-${n}`, n % 3 === 0 ? { ...data, ...pick(hostile) } : data);
    if (n % 4 === 1) create(time + 200 * world.random(), `c-${n}`, data);
    ask(time + 50, 'getOrdersByCustomer', data.customerId);
  }

  // A service stops wherever it happens to be, and comes back.
  for (const node of ['order-commands', 'order-projection'] as const) {
    const time = 300 + 100 * Math.floor(world.random() * 8) + 12 * world.random();
    world.at(time).crash(node);
    world.at(time + 150).restart(node);
  }

  for (const customer of customers)
    ask(20000, 'getOrdersByCustomer', customer).call('order-queries', 'getCustomer', customer);
});
