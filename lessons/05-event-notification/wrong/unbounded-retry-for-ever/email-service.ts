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
    const retry = { attempts: Infinity, delay: 500 };
    eventBus.subscribe('user.*', (event: User) => this.greet(event), { retry, concurrency: 8 });
  }

  async greet({ userId, version }: Pick<User, 'userId' | 'version'>) {
    const user = await call<User | null>('user-service', 'getUser', userId);
    if (!user || user.version < version) throw new Error('not visible yet');
    await mailer.send({ to: user.email, subject: `Hello, ${user.name}!` });
  }
}
