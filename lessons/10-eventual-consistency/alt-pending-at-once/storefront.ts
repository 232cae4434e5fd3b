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

const newest = new Map<string, number>();

function remember(userId: string, position: number) {
  if (position > (newest.get(userId) ?? -1)) newest.set(userId, position);
}

export async function createOrder(userId: string, amount: number) {
  const created = await call<{ orderId: string; position: number }>('order-service', 'createOrder', userId, amount);
  remember(userId, created.position);
  return { orderId: created.orderId };
}

export async function myOrders(userId: string) {
  const wanted = newest.get(userId) ?? -1;
  const answers = await Promise.all(
    ['orders-view-1', 'orders-view-2'].map((view) => call<Listed>(view, 'listOrders', userId)),
  );
  const best = answers.reduce((a, b) => (b.position > a.position ? b : a));
  const pending = best.position < Math.max(wanted, newest.get(userId) ?? -1);
  if (!pending) remember(userId, best.position);
  return { orders: best.orders, pending };
}
