import { eventStore, generateId } from 'eda';

interface OrderEvent {
  orderId: string;
  userId: string;
  amount: number;
}

export class OrderService {
  async createOrder(userId: string, amount: number) {
    const orderId = generateId();
    const { position } = await eventStore.append({ type: 'order.created', orderId, userId, amount });
    if (amount > 1000) setTimeout(() => void this.reject(orderId, userId), 1500);
    return { orderId, position };
  }

  async listOrders(userId: string) {
    const events = await eventStore.readAll<OrderEvent>();
    const rejected = new Set(events.filter(({ type }) => type === 'order.rejected').map(({ orderId }) => orderId));
    return events
      .filter((event) => event.type === 'order.created' && event.userId === userId)
      .map(({ orderId, amount }) => ({ orderId, amount, status: rejected.has(orderId) ? 'rejected' : 'placed' }));
  }

  private async reject(orderId: string, userId: string) {
    await eventStore.append({ type: 'order.rejected', orderId, userId });
  }
}
