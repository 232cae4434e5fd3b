import { eventBus } from 'eda';
import { mailer } from 'eda/world';

interface UserChanged {
  userId: string;
  version: number;
  name?: string;
  email?: string;
}

export class EmailService {
  constructor() {
    eventBus.subscribe('user.*', (event: UserChanged) => this.greet(event));
  }

  async greet(event: UserChanged) {
    await mailer.send({ to: `${event.email}`, subject: `Hello, ${event.name}!` });
  }
}
