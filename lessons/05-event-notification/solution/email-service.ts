import { call, eventBus } from 'eda';
import { mailer } from 'eda/world';

interface UserChanged {
  userId: string;
  version: number;
}

interface User extends UserChanged {
  name: string;
  email: string;
}

export class EmailService {
  constructor() {
    const retry = { attempts: 5, delay: 100, factor: 2 };
    eventBus.subscribe('user.*', (event: UserChanged) => this.greet(event), { retry });
  }

  async greet({ userId, version }: UserChanged) {
    const user = await call<User | null>('user-service', 'getUser', userId);
    if (!user || user.version < version) throw new Error(`user ${userId} v${version} is not visible yet`);
    await mailer.send({ to: user.email, subject: `Hello, ${user.name}!` });
  }
}
