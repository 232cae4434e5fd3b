import { warehouse } from 'eda/world';

interface OrderCreated {
  orderId: string;
  sku: string;
  quantity: number;
}

export class InventoryService {
  async reserveItems({ orderId, sku, quantity }: OrderCreated) {
    await warehouse.reserve({ orderId, sku, quantity });
  }
}
