import { eventStore } from 'eda';
import { mailer } from 'eda/world';

type AccountEvent = {
  type: string;
  accountId: string;
  amount: number;
  timestamp: string;
};

interface Account {
  balance: number;
  changedAt: string;
}

export const initial: Account = { balance: 0, changedAt: '' };

export function apply({ balance }: Account, { type, amount, timestamp }: AccountEvent): Account {
  switch (type) {
    case 'money.deposited':
      return { balance: balance + amount, changedAt: timestamp };
    case 'money.withdrawn':
      return { balance: balance - amount, changedAt: timestamp };
    default:
      throw new Error(`an event of an unknown type: ${type}`);
  }
}

async function rehydrate(accountId: string) {
  const events = await eventStore.read<AccountEvent>(`account-${accountId}`);
  return events.reduce(apply, initial);
}

function decide(type: string, accountId: string, { balance }: Account, amount: number): AccountEvent {
  if (!Number.isInteger(amount) || amount <= 0) throw new Error(`not an amount of money: ${amount}`);
  if (type === 'money.withdrawn' && balance < amount) throw new Error(`not enough money: ${balance}`);
  return { type, accountId, amount, timestamp: new Date().toISOString() };
}

export async function deposit(accountId: string, amount: number) {
  const account = await rehydrate(accountId);
  await eventStore.save(decide('money.deposited', accountId, account, amount));
}

export async function withdraw(accountId: string, amount: number) {
  const account = await rehydrate(accountId);
  await eventStore.save(decide('money.withdrawn', accountId, account, amount));
  await mailer.send({ to: `${accountId}@example.com`, subject: `You have withdrawn ${amount}` });
}

export function getAccount(accountId: string) {
  return rehydrate(accountId);
}
