import { eventStore } from 'eda';

interface AccountEvent {
  type: string;
  amount: number;
}

const streamOf = (accountId: string) => `account-${accountId}`;

export async function balanceOf(accountId: string) {
  const events = await eventStore.read<AccountEvent>(streamOf(accountId));
  return events.reduce((sum, { type, amount }) => (type === 'money.deposited' ? sum + amount : sum - amount), 0);
}

export async function deposit(accountId: string, amount: number, requestId: string) {
  await eventStore.append(streamOf(accountId), [{ type: 'money.deposited', accountId, amount }]);
}

export async function withdraw(accountId: string, amount: number, requestId: string) {
  const balance = await balanceOf(accountId);
  if (balance < amount) throw new Error(`not enough money: ${balance}`);
  await eventStore.append(streamOf(accountId), [{ type: 'money.withdrawn', accountId, amount }]);
}
