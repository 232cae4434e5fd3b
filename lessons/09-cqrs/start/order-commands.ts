import { eventStore, generateId } from 'eda';

interface CreateOrder {
  commandId: string;
  data: { customerId: string; amount: number };
}

export class OrderCommandHandler {
  async handleCreateOrder(command: CreateOrder) {
    await eventStore.append({
      type: 'order.created',
      orderId: generateId(),
      ...command.data,
    });
  }
}
