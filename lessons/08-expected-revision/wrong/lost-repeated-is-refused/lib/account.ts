import { eventStore } from 'eda';

const attempts = 5;
const streamOf = (accountId: string) => `account-${accountId}`;

interface AccountEvent {
  type: string;
  eventId: string;
  amount: number;
}

async function load(accountId: string) {
  const events = await eventStore.read<AccountEvent>(streamOf(accountId));
  const balance = events.reduce(
    (sum, { type, amount }) => (type === 'money.deposited' ? sum + amount : sum - amount),
    0,
  );
  return { balance, revision: events.length - 1, done: (id: string) => events.some(({ eventId }) => eventId === id) };
}

export async function balanceOf(accountId: string) {
  return (await load(accountId)).balance;
}

export async function deposit(accountId: string, amount: number, requestId: string) {
  const event = { type: 'money.deposited', eventId: requestId, accountId, amount };
  await eventStore.append(streamOf(accountId), [event]);
}

export async function withdraw(accountId: string, amount: number, requestId: string) {
  for (let attempt = 1; ; attempt++) {
    const { balance, revision, done } = await load(accountId);
    if (done(requestId)) throw new Error(`request ${requestId} was carried out already`);
    if (balance < amount) throw new Error(`not enough money: ${balance}`);
    const event = { type: 'money.withdrawn', eventId: requestId, accountId, amount };
    try {
      await eventStore.append(streamOf(accountId), [event], { expectedRevision: revision });
      return;
    } catch (error) {
      if ((error as Error).name !== 'WrongExpectedVersion' || attempt === attempts) throw error;
    }
  }
}
