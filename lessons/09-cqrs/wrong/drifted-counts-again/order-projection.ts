import { eventStore, readModel } from 'eda';

interface OrderCreated {
  orderId: string;
  customerId: string;
  amount: number;
}

eventStore.subscribe<OrderCreated>({ from: 'start' }, ({ orderId, customerId, amount }) =>
  readModel.transaction(({ orders, customers }) => {
    const { count, total } = customers.findById(customerId) ?? { count: 0, total: 0 };
    orders.upsert({ orderId, customerId, amount });
    customers.upsert({ customerId, count: count + 1, total: total + amount });
  }),
);
