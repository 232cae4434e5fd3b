import { eventStore } from 'eda';

interface AccountEvent {
  type: string;
  eventId: string;
  amount: number;
}

class Account {
  balance = 0;
  revision = -1;
  private requests = new Set<string>();

  static async load(accountId: string) {
    const account = new Account();
    for (const { type, amount, eventId } of await eventStore.read<AccountEvent>(`account-${accountId}`)) {
      account.balance += type === 'money.deposited' ? amount : -amount;
      account.requests.add(eventId);
      account.revision++;
    }
    return account;
  }

  knows(requestId: string) {
    return this.requests.has(requestId);
  }
}

async function change(
  accountId: string,
  requestId: string,
  decide: (account: Account) => { type: string; amount: number },
  left = 4,
): Promise<void> {
  const account = await Account.load(accountId);
  if (account.knows(requestId)) return;
  const event = { ...decide(account), accountId, eventId: requestId };
  const expectedRevision = account.revision < 0 ? 'no_stream' : account.revision;
  try {
    await eventStore.append(`account-${accountId}`, event, { expectedRevision });
  } catch (error) {
    if (!(error instanceof Error && /^WrongExpected/.test(error.name)) || left === 0) throw error;
    await change(accountId, requestId, decide, left - 1);
  }
}

export async function balanceOf(accountId: string) {
  return (await Account.load(accountId)).balance;
}

export function deposit(accountId: string, amount: number, requestId: string) {
  return change(accountId, requestId, () => ({ type: 'money.deposited', amount }));
}

export function withdraw(accountId: string, amount: number, requestId: string) {
  return change(accountId, requestId, ({ balance }) => {
    if (balance < amount) throw new RangeError('not enough money');
    return { type: 'money.withdrawn', amount };
  });
}
