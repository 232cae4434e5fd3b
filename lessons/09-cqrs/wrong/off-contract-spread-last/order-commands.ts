import { eventStore } from 'eda';

interface CreateOrder {
  commandId: string;
  data: { customerId: string; amount: number };
}

export class OrderCommandHandler {
  async handleCreateOrder({ commandId, data }: CreateOrder) {
    if (typeof data.customerId !== 'string' || data.customerId === '') throw new Error('an order needs a customer');
    if (!Number.isInteger(data.amount) || data.amount <= 0) throw new Error(`not an amount of money: ${data.amount}`);

    const orderId = `order-of-${commandId}`;
    await eventStore.append({ type: 'order.created', eventId: commandId, orderId, ...data });
    return orderId;
  }
}
