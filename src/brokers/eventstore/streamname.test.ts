import { expect, test } from 'vitest';
import { streamOf } from './streamname.ts';

test.each([
  [{ type: 'money.deposited', accountId: 'A', amount: 10 }, 'account-A'],
  [{ type: 'money.deposited', eventId: 'e-1', accountId: 42 }, 'account-42'],
  [{ type: 'order.created', orderId: '', customerId: 'C-1' }, 'customer-C-1'],
  [{ type: 'order.created', orderId: { nested: true } }, 'order'],
  [{ type: 'order.created', id: '7', Id: '8', paid: true }, 'order'],
  [{ type: 'OrderCreated' }, 'order'],
  [{ type: 'orderCreated', eventId: 'e-1' }, 'order'],
  [{ type: 'HTTP_CALLED' }, 'http'],
  [{ type: 'Заказ создан' }, 'заказ'],
  [{ type: '…' }, '…'],
])('%j belongs to %s', (event, stream) => {
  expect(streamOf(event)).toBe(stream);
});
