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
    const retry = { attempts: 5, delay: 100, factor: 2 };
    eventBus.subscribe('user.*', (event: User) => this.greet(event), { retry });
  }

  async greet({ userId, version }: Pick<User, 'userId' | 'version'>) {
    const user = await call<User | null>('user-service', 'getUser', userId);
    if (!user) return;
    if (user.version < version) throw new Error('the replica is late');
    await mailer.send({ to: user.email, subject: `Hello, ${user.name}!` });
  }
}
