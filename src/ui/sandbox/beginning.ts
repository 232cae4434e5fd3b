/** What stands in the sandbox when it is opened for the first time: something that runs, and asks to be changed. */
export const beginning: Readonly<Record<string, string>> = {
  'order-service.ts': `import { eventBus } from 'eda';

export class OrderService {
  async createOrder(orderId: string, amount: number) {
    await eventBus.publish('order.created', { orderId, amount });
  }
}
`,
  'payment-service.ts': `import { eventBus } from 'eda';
import { payments } from 'eda/world';

eventBus.subscribe('order.created', async (event) => {
  await payments.charge({ amount: event.amount, currency: 'EUR', idempotencyKey: event.orderId });
  await eventBus.publish('payment.succeeded', { orderId: event.orderId });
});
`,
  'inventory-service.ts': `import { eventBus } from 'eda';
import { warehouse } from 'eda/world';

eventBus.subscribe('order.created', async (event) => {
  await warehouse.reserve({ orderId: event.orderId, sku: 'tea', quantity: 1 });
});
`,
  'mail-service.ts': `import { eventBus } from 'eda';
import { mailer } from 'eda/world';

eventBus.subscribe('payment.*', async (event, delivery) => {
  await mailer.send({ to: 'customer@example.com', subject: \`\${delivery.type}: \${event.orderId}\` });
});
`,
  'scenario.ts': `import { scenario } from 'eda/scenario';

export default scenario((world) => {
  for (let n = 1; n <= 5; n++) world.at(n * 600 - 400).call('order-service', 'createOrder', \`ORD-\${n}\`, n * 100);
});
`,
};
