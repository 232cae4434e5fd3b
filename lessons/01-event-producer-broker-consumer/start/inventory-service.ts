import { eventBus } from 'eda';
import { warehouse } from 'eda/world';

interface OrderCreated {
  orderId: string;
  sku: string;
  quantity: number;
}

export class InventoryService {
  constructor() {
    // (2)
  }

  async reserveItems({ orderId, sku, quantity }: OrderCreated) {
    await warehouse.reserve({ orderId, sku, quantity });
  }
}
