import { eventBus } from 'eda';
import { mailer } from 'eda/world';

interface OrderCreated {
  orderId: string;
  userId: string;
  amount: number;
}

export class EmailService {
  constructor() {
    eventBus.subscribe('order.created', (event: OrderCreated) => this.confirm(event));
  }

  async confirm({ orderId, userId, amount }: OrderCreated) {
    await mailer.send({ to: `${userId}@example.com`, subject: `Order ${orderId}: ${amount} RUB` });
  }
}
