import { eventStore } from 'eda';
import { mailer } from 'eda/world';

type AccountEvent = {
  type: string;
  accountId: string;
  amount: number;
  timestamp: string;
};

const signs: Record<string, number> = { 'money.deposited': 1, 'money.withdrawn': -1 };

class BankAccount {
  balance = 0;
  changedAt = '';

  constructor(private accountId: string) {}

  static async rehydrate(accountId: string) {
    const account = new BankAccount(accountId);
    for (const event of await eventStore.read<AccountEvent>(`account-${accountId}`)) account.apply(event);
    return account;
  }

  async deposit(amount: number) {
    await this.record('money.deposited', amount);
  }

  async withdraw(amount: number) {
    if (amount > this.balance) throw new RangeError('not enough money');
    await this.record('money.withdrawn', amount);
  }

  private async record(type: string, amount: number) {
    if (typeof amount !== 'number' || amount % 1 !== 0 || amount < 1) throw new TypeError('not an amount of money');
    const event = { type, accountId: this.accountId, amount, timestamp: new Date().toISOString() };
    await eventStore.append(event);
    this.apply(event);
  }

  private apply({ type, amount, timestamp }: AccountEvent) {
    const sign = signs[type];
    if (sign === undefined) throw new TypeError(`unknown event ${type}`);
    this.balance += sign * amount;
    this.changedAt = timestamp;
  }
}

export class AccountService {
  private accounts = new Map<string, Promise<BankAccount>>();

  async deposit(accountId: string, amount: number) {
    const account = await this.find(accountId);
    await account.deposit(amount);
  }

  async withdraw(accountId: string, amount: number) {
    const account = await this.find(accountId);
    await account.withdraw(amount);
    await mailer.send({ to: `${accountId}@example.com`, subject: `${amount} withdrawn` });
  }

  async getAccount(accountId: string) {
    const { balance, changedAt } = await this.find(accountId);
    return { balance, changedAt };
  }

  private find(accountId: string) {
    const account = this.accounts.get(accountId) ?? BankAccount.rehydrate(accountId);
    this.accounts.set(accountId, account);
    return account;
  }
}
