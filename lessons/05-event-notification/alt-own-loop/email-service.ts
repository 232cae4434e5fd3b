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

const pauses = [0, 200, 300, 400];

eventBus.subscribe('user.*', greet, { concurrency: 8 });

async function greet({ userId, version }: UserChanged) {
  for (const pause of pauses) {
    await new Promise((resolve) => setTimeout(resolve, pause));
    const user = await getUser(userId);
    if (user && user.version >= version) {
      await mailer.send({ to: user.email, subject: `Hello, ${user.name}!` });
      return;
    }
  }
  console.warn(`nobody to greet: ${userId}`);
}

async function getUser(userId: string) {
  try {
    return await call<User | null>('user-service', 'getUser', userId);
  } catch {
    return null;
  }
}
