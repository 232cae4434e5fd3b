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

const views = ['orders-view-1', 'orders-view-2'];

export class Storefront {
  private turn = 0;

  async createOrder(userId: string, amount: number) {
    const { orderId } = await call<{ orderId: string; position: number }>(
      'order-service',
      'createOrder',
      userId,
      amount,
    );
    return { orderId };
  }

  async myOrders(userId: string) {
    const view = views[this.turn++ % views.length];
    const { orders } = await call<Listed>(view, 'listOrders', userId);
    return { orders, pending: false };
  }
}
