import { eventBus } from 'eda';

interface User {
  userId: string;
  version: number;
  name: string;
  email: string;
}

export class UserService {
  private users = new Map<string, User>();
  private replica = new Map<string, User>();

  register(userId: string, name: string) {
    return this.change('user.registered', { userId, version: 1, name, email: `${userId}@example.com` });
  }

  rename(userId: string, name: string) {
    const user = this.users.get(userId)!;
    return this.change('user.renamed', { ...user, version: user.version + 1, name });
  }

  remove(userId: string) {
    this.users.delete(userId);
    this.replica.delete(userId);
  }

  getUser(userId: string) {
    return this.replica.get(userId) ?? null;
  }

  private async change(type: string, user: User) {
    this.users.set(user.userId, user);
    setTimeout(() => this.replicate(user), 50 + Math.random() * 500);
    await eventBus.publish(type, { userId: user.userId, version: user.version });
    return user;
  }

  private replicate(user: User) {
    const known = this.replica.get(user.userId);
    if (this.users.has(user.userId) && (known?.version ?? 0) < user.version) this.replica.set(user.userId, user);
  }
}
