import { eventStore } from 'eda';

interface CreateOrder {
  commandId: string;
  data: { customerId: string; amount: number };
}

export async function handleCreateOrder(command: CreateOrder) {
  const { customerId, amount } = command.data;
  if (!customerId || typeof amount !== 'number' || amount % 1 !== 0 || amount < 1) throw new TypeError('a bad order');
  const orderId = command.commandId;
  const stream = `order-${orderId}`;
  const past = await eventStore.read(stream);
  if (past.length > 0) return orderId;
  const event = { type: 'order.created', customerId, amount, orderId };
  try {
    await eventStore.append(stream, event, { expectedRevision: 'no_stream' });
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'WrongExpectedVersion') throw error;
  }
  return orderId;
}
