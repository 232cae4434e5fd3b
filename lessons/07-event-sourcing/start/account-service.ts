import { eventStore } from 'eda';

type AccountEvent = {
  type: string;
  accountId: string;
  amount: number;
  timestamp: string;
};

export class BankAccount {
  balance = 0;
  changedAt = '';

  constructor(readonly accountId: string) {}

  applyEvent(event: AccountEvent) {
    switch (event.type) {
      case 'money.deposited':
        this.balance += event.amount;
        break;
      case 'money.withdrawn':
        this.balance -= event.amount;
        break;
    }
    this.changedAt = event.timestamp;
  }

  deposit(amount: number) {
    const timestamp = new Date().toISOString();
    const event = { type: 'money.deposited', accountId: this.accountId, amount, timestamp };
    this.applyEvent(event);
    eventStore.save(event);
  }

  withdraw(amount: number) {}
}

const accounts = new Map<string, BankAccount>();

function find(accountId: string) {
  const account = accounts.get(accountId) ?? new BankAccount(accountId);
  accounts.set(accountId, account);
  return account;
}

export function deposit(accountId: string, amount: number) {
  find(accountId).deposit(amount);
}

export function withdraw(accountId: string, amount: number) {
  find(accountId).withdraw(amount);
}

export function getAccount(accountId: string) {
  const { balance, changedAt } = find(accountId);
  return { balance, changedAt };
}
