import { call, eventBus } from 'eda';
import { mailer } from 'eda/world';

interface User {
  userId: string;
  version: number;
  name: string;
  email: string;
}

export class EmailService {
  constructor() {
    eventBus.subscribe('user.*', (event: User) => this.greet(event));
  }

  async greet({ userId, version }: Pick<User, 'userId' | 'version'>) {
    for (let attempt = 0; attempt < 100; attempt++) {
      const user = await call<User | null>('user-service', 'getUser', userId).catch(() => null);
      if (user && user.version >= version) {
        await mailer.send({ to: user.email, subject: `Hello, ${user.name}!` });
        return;
      }
    }
  }
}
