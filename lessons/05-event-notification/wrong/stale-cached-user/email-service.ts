import { call, eventBus } from 'eda';
import { mailer } from 'eda/world';

interface User {
  userId: string;
  version: number;
  name: string;
  email: string;
}

export class EmailService {
  private cache = new Map<string, User>();

  constructor() {
    const retry = { attempts: 5, delay: 100, factor: 2 };
    eventBus.subscribe('user.*', (event: User) => this.greet(event), { retry });
  }

  async greet({ userId }: Pick<User, 'userId' | 'version'>) {
    const user = this.cache.get(userId) ?? (await call<User | null>('user-service', 'getUser', userId));
    if (!user) throw new Error('not visible yet');
    this.cache.set(userId, user);
    await mailer.send({ to: user.email, subject: `Hello, ${user.name}!` });
  }
}
