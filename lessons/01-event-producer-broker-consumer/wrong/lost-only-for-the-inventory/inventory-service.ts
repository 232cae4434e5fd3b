import { eventBus } from 'eda';
import { warehouse } from 'eda/world';

interface OrderCreated {
  orderId: string;
  sku: string;
  quantity: number;
}

export class InventoryService {
  constructor() {
    eventBus.subscribe('order.created', (event: OrderCreated) => this.reserveItems(event));
  }

  isReady() {
    return true;
  }

  async reserveItems({ orderId, sku, quantity }: OrderCreated) {
    await warehouse.reserve({ orderId, sku, quantity });
  }
}
