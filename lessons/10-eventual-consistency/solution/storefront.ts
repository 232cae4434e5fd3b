import { call } from 'eda';

interface Order {
  orderId: string;
  amount: number;
  status: string;
}

interface Listed {
  orders: Order[];
  position: number;
}

const patience = 1500;
const views = ['orders-view-1', 'orders-view-2'];

export class Storefront {
  private turn = 0;
  private seen = new Map<string, number>();

  async createOrder(userId: string, amount: number) {
    const { orderId, position } = await call<{ orderId: string; position: number }>(
      'order-service',
      'createOrder',
      userId,
      amount,
    );
    this.saw(userId, position);
    return { orderId };
  }

  async myOrders(userId: string) {
    const view = views[this.turn++ % views.length];
    const deadline = Date.now() + patience;
    for (;;) {
      const { orders, position } = await call<Listed>(view, 'listOrders', userId);
      const pending = position < this.expected(userId);
      if (!pending) this.saw(userId, position);
      if (!pending || Date.now() >= deadline) return { orders, pending };
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  private expected(userId: string) {
    return this.seen.get(userId) ?? -1;
  }

  private saw(userId: string, position: number) {
    this.seen.set(userId, Math.max(position, this.expected(userId)));
  }
}
