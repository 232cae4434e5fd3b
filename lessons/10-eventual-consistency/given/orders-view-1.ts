import { OrdersView } from './lib/orders-view.ts';

const view = new OrdersView(() => Math.random() * 1500);

export const listOrders = (userId: string) => view.listOrders(userId);
export const hold = (ms: number) => view.hold(ms);
