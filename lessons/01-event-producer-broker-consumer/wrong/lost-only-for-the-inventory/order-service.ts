import { call, eventBus, eventStore, generateId } from 'eda';

interface OrderDraft {
  userId: string;
  sku: string;
  quantity: number;
  amount: number;
}

export class OrderService {
  async createOrder(draft: OrderDraft) {
    const order = { orderId: generateId(), ...draft };
    await eventStore.append({ type: 'order.created', ...order });

    const ready = await call<boolean>('inventory-service', 'isReady').catch(() => false);
    if (ready) await eventBus.publish('order.created', order);

    return order;
  }
}
