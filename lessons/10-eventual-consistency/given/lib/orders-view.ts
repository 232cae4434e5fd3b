import { eventStore, type Recorded } from 'eda';

interface Order {
  orderId: string;
  userId: string;
  amount: number;
  status: string;
}

/** A read side: it follows the store, and every event reaches it late. */
export class OrdersView {
  private orders = new Map<string, Order>();
  private position = -1;
  private held = false;

  constructor(private lag: () => number) {
    eventStore.subscribe<Order>({ from: 'start' }, (event) => this.follow(event));
  }

  listOrders(userId: string) {
    const orders = [...this.orders.values()].filter((order) => order.userId === userId);
    return {
      orders: orders.map(({ orderId, amount, status }) => ({ orderId, amount, status })),
      position: this.position,
    };
  }

  hold(ms: number) {
    this.held = true;
    setTimeout(() => (this.held = false), ms);
  }

  private async follow({ type, orderId, userId, amount, $ }: Order & Recorded) {
    const due = Date.parse($.created) + this.lag();
    await pause(due - Date.now());
    while (this.held) await pause(50);
    if (type === 'order.created') this.orders.set(orderId, { orderId, userId, amount, status: 'placed' });
    else this.orders.get(orderId)!.status = 'rejected';
    this.position = $.position;
  }
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
