import { call, eventBus } from 'eda';
import { mailer } from 'eda/world';

interface User {
  userId: string;
  version: number;
  name: string;
  email: string;
}

const pauses = [0, 200, 300, 400];

eventBus.subscribe('user.*', greet);

async function greet({ userId, version }: Pick<User, 'userId' | 'version'>) {
  for (const pause of pauses) {
    await new Promise((resolve) => setTimeout(resolve, pause));
    const user = await call<User | null>('user-service', 'getUser', userId);
    if (user && user.version >= version) {
      await mailer.send({ to: user.email, subject: `Hello, ${user.name}!` });
      return;
    }
  }
}
