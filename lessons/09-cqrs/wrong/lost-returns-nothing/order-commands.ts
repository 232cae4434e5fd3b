import { eventStore } from 'eda';

interface CreateOrder {
  commandId: string;
  data: { customerId: string; amount: number };
}

export class OrderCommandHandler {
  async handleCreateOrder({ commandId, data: { customerId, amount } }: CreateOrder) {
    if (typeof customerId !== 'string' || customerId === '') throw new Error('an order needs a customer');
    if (!Number.isInteger(amount) || amount <= 0) throw new Error(`not an amount of money: ${amount}`);

    const orderId = `order-of-${commandId}`;
    await eventStore.append({ type: 'order.created', eventId: commandId, orderId, customerId, amount });
  }
}
