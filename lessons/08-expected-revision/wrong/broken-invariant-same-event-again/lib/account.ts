import { eventStore } from 'eda';

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
  const { balance, revision, done } = await load(accountId);
  if (done(requestId)) return;
  if (balance < amount) throw new Error(`not enough money: ${balance}`);
  const event = { type: 'money.withdrawn', eventId: requestId, accountId, amount };
  for (let expectedRevision = revision; expectedRevision < revision + 5; expectedRevision++) {
    try {
      await eventStore.append(streamOf(accountId), [event], { expectedRevision });
      return;
    } catch (error) {
      if ((error as Error).name !== 'WrongExpectedVersion') throw error;
    }
  }
}
