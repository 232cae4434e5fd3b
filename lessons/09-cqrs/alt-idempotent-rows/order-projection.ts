import { eventStore, readModel } from 'eda';

interface OrderCreated {
  orderId: string;
  customerId: string;
  amount: number;
}

// Reads everything again after every start: each step can be taken twice without harm.
eventStore.subscribe<OrderCreated>({ from: 'start' }, async ({ type, orderId, customerId, amount }) => {
  if (type !== 'order.created') return;
  await readModel.orders.upsert({ orderId, customerId, amount });
  const orders = (await readModel.orders.findByCustomer(customerId)) as OrderCreated[];
  const total = orders.reduce((sum, order) => sum + order.amount, 0);
  await readModel.customers.upsert({ customerId, count: orders.length, total });
});
