import { eventBus, eventStore, generateId } from 'eda';

interface OrderDraft {
  userId: string;
  sku: string;
  quantity: number;
  amount: number;
}

export async function createOrder({ userId, sku, quantity, amount }: OrderDraft) {
  const created = { orderId: generateId(), userId, sku, quantity, amount };
  await eventStore.append(`order-${created.orderId}`, [{ type: 'order.created', ...created }]);
  await eventBus.publish('order.created', created);
  return created;
}
