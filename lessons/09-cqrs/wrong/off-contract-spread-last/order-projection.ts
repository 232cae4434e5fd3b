import { eventStore, readModel } from 'eda';

interface OrderCreated {
  orderId: string;
  customerId: string;
  amount: number;
}

const from = (await readModel.checkpoint('orders')) ?? 'start';

eventStore.subscribe<OrderCreated>({ from }, ({ orderId, customerId, amount, $ }) =>
  readModel.transaction(({ orders, customers, checkpoint }) => {
    const { count, total } = customers.findById(customerId) ?? { count: 0, total: 0 };
    orders.upsert({ orderId, customerId, amount });
    customers.upsert({ customerId, count: count + 1, total: total + amount });
    checkpoint('orders', $.position);
  }),
);
