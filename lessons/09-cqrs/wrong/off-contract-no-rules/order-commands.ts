import { eventStore } from 'eda';

interface CreateOrder {
  commandId: string;
  data: { customerId: string; amount: number };
}

export class OrderCommandHandler {
  async handleCreateOrder({ commandId, data: { customerId, amount } }: CreateOrder) {
    const orderId = `order-of-${commandId}`;
    await eventStore.append({ type: 'order.created', eventId: commandId, orderId, customerId, amount });
    return orderId;
  }
}
