import { eventBus } from 'eda';
import { warehouse } from 'eda/world';

interface OrderCreated {
  orderId: string;
  sku: string;
  quantity: number;
}

eventBus.subscribe('order.*', async (event: OrderCreated) => {
  await warehouse.reserve({ orderId: event.orderId, sku: event.sku, quantity: event.quantity });
  await eventBus.publish('inventory.reserved', { orderId: event.orderId });
});
