import { beyond, none, repeated, rules, type Call, type History, type Stored } from 'eda/check';

const limit = 5;

/** What lesson.json stores on the accounts. */
const before: Record<string, number> = { anna: 100, boris: 100, vera: 200 };

interface Money {
  readonly accountId: string;
  readonly amount: number;
}

const requests = (history: History): Call[] =>
  ['teller-a', 'teller-b'].flatMap((teller) => history.calls(teller, 'withdraw'));
const withdrawals = (history: History) => history.stored('money.withdrawn');

/** The number of the request because of which an entry is there. */
const request = (history: History) => (entry: { readonly cause?: number }) =>
  history.cause(entry, 'call.sent')?.args[2];

/** The balance before this entry. */
function balance(history: History, account: string, end: number): number {
  return history
    .stored()
    .filter(({ seq, data }) => seq < end && (data as Money).accountId === account)
    .reduce(
      (sum, { type, data }) => sum + (type === 'money.deposited' ? 1 : -1) * (data as Money).amount,
      before[account] ?? 0,
    );
}

const money = ({ data }: Stored) => data as Money;

/** Requests that were turned away although the money is there, or although they had been carried out. */
function wronged(history: History): Call[] {
  const refused = new Set(
    history
      .of('store.rejected')
      .filter(({ because }) => because === 'refused')
      .map((entry) => history.cause(entry, 'call.sent')?.seq),
  );
  return requests(history).filter(({ seq, args, answered, failed }) => {
    if (answered || refused.has(seq)) return false;
    const [account, amount, id] = args as [string, number, string];
    const end = failed?.seq ?? Infinity;
    const done = withdrawals(history).some((event) => event.seq < end && request(history)(event) === id);
    return done || balance(history, account, end) >= amount;
  });
}

export default rules([
  {
    id: 'solvent',
    anomaly: 'broken-invariant',
    kind: 'always',
    on: 'journal',
    title: { ru: 'Остаток ни на одном счёте не уходит ниже нуля', en: 'No balance ever goes below zero' },
    test: (history) =>
      none(
        withdrawals(history).filter((event) => {
          const { accountId, amount } = money(event);
          return balance(history, accountId, event.seq) < amount;
        }),
        (event) => {
          const { accountId, amount } = money(event);
          const left = balance(history, accountId, event.seq);
          return {
            ru: `Со счёта ${accountId} сняли ${amount}, а было там ${left}: решение приняли по остатку, который успел измениться.`,
            en: `${amount} were withdrawn from ${accountId}, which held ${left}: the decision was made on a balance that had changed meanwhile.`,
          };
        },
      ),
  },
  {
    id: 'once',
    anomaly: 'duplicate-effect',
    kind: 'always',
    on: 'journal',
    title: { ru: 'Повторённый запрос снимает деньги один раз', en: 'A repeated request withdraws once' },
    test: (history) =>
      none(repeated(withdrawals(history), request(history)), (event) => ({
        ru: `Запрос ${String(request(history)(event))} снял деньги дважды: клиент не дождался ответа и повторил его.`,
        en: `Request ${String(request(history)(event))} withdrew twice: the client did not wait for the answer and repeated it.`,
      })),
  },
  {
    id: 'few-attempts',
    anomaly: 'unbounded',
    kind: 'always',
    on: 'journal',
    title: { ru: `На один запрос — не больше ${limit} попыток`, en: `At most ${limit} attempts for one request` },
    test: (history) =>
      none(
        beyond(history.of('store.rejected'), (entry) => history.cause(entry, 'call.sent')?.seq, limit),
        ({ stream }) => ({
          ru: `В поток ${stream} пытались записать больше ${limit} раз подряд из-за одного запроса.`,
          en: `One request tried to write to ${stream} more than ${limit} times.`,
        }),
      ),
  },
  {
    id: 'served',
    anomaly: 'lost',
    kind: 'eventually',
    on: 'journal',
    title: { ru: 'Денег хватает — запрос выполнен', en: 'Where there is money, the request is carried out' },
    test: (history) =>
      none(wronged(history), ({ args, failed }) => ({
        ru: `Запросу ${String(args[2])} отказали (${failed?.error.message ?? 'ответа нет'}), хотя он уже выполнен или денег хватает.`,
        en: `Request ${String(args[2])} was turned away (${failed?.error.message ?? 'no answer'}), though it was carried out already or there is enough money.`,
      })),
  },
]);
