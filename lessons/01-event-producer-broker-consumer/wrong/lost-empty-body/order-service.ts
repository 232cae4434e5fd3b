interface OrderDraft {
  userId: string;
  sku: string;
  quantity: number;
  amount: number;
}

export class OrderService {
  async createOrder(draft: OrderDraft) {}
}
