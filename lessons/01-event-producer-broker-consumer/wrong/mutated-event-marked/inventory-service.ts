import { eventBus } from 'eda';
import { warehouse } from 'eda/world';

interface OrderCreated {
  orderId: string;
  sku: string;
  quantity: number;
  reserved?: boolean;
}

export class InventoryService {
  constructor() {
    eventBus.subscribe('order.created', (event: OrderCreated) => this.reserveItems(event));
  }

  async reserveItems(order: OrderCreated) {
    await warehouse.reserve({ orderId: order.orderId, sku: order.sku, quantity: order.quantity });
    order.reserved = true;
  }
}
