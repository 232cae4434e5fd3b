import { field, none, repeated, rules, unmet, type Call, type History, type Stored } from 'eda/check';

interface Money {
  readonly accountId: string;
  readonly amount: number;
  readonly timestamp: string;
}

/** What lesson.json stores for accounts that were there before. */
const before: Record<string, { balance: number; changedAt: string }> = {
  old: { balance: -100, changedAt: '2019-05-02T12:00:00.000Z' },
};

const money = ({ data }: Stored) => data as Money;
const isMoney = (amount: unknown) => Number.isInteger(amount) && (amount as number) > 0;
const asked = (history: History, method?: string) => history.calls('account-service', method);
const withdrawals = (history: History) => history.stored('money.withdrawn');
const letters = (history: History) => history.effects('mailer.send');

/** The account as the store had it before this entry. */
function fold(history: History, account: unknown, end: number) {
  return history
    .stored()
    .filter(({ seq, data }) => seq < end && field('accountId')({ data }) === account)
    .reduce(
      ({ balance }, { type, data }) => {
        const { amount, timestamp } = data as Money;
        return { balance: balance + (type === 'money.deposited' ? amount : -amount), changedAt: timestamp };
      },
      before[String(account)] ?? { balance: 0, changedAt: '' },
    );
}

/** The seq of the call from outside because of which an entry is there. */
const origin = (history: History) => (entry: { readonly cause?: number }) => history.cause(entry, 'call.sent')?.seq;

/** Commands that the rules of the bank allow, and that the store did not refuse. */
function legal(history: History) {
  const refused = new Set(history.of('store.rejected').map(origin(history)));
  return asked(history).filter(({ method, args: [account, amount], seq }) => {
    if (method === 'getAccount' || !isMoney(amount) || refused.has(seq)) return false;
    return method === 'deposit' || fold(history, account, seq).balance >= (amount as number);
  });
}

const reads = (history: History) => asked(history, 'getAccount').filter(({ args }) => args[0] !== 'odd');
const answer = ({ answered }: Call) => answered?.value as { balance?: unknown; changedAt?: unknown } | undefined;

export default rules([
  {
    id: 'remembered',
    anomaly: 'drifted',
    kind: 'always',
    on: 'journal',
    title: { ru: 'Состояние — это история, применённая по порядку', en: 'The state is the history, applied in order' },
    test: (history) =>
      none(
        reads(history).filter((call) => {
          if (!call.answered) return false;
          const { balance, changedAt } = fold(history, call.args[0], call.answered.seq);
          return answer(call)?.balance !== balance || answer(call)?.changedAt !== changedAt;
        }),
        (call) => ({
          ru: `Счёт ${String(call.args[0])}: ответ ${JSON.stringify(answer(call))}, а по событиям ${JSON.stringify(fold(history, call.args[0], call.answered!.seq))}.`,
          en: `Account ${String(call.args[0])}: the answer is ${JSON.stringify(answer(call))}, the events say ${JSON.stringify(fold(history, call.args[0], call.answered!.seq))}.`,
        }),
      ),
  },
  {
    id: 'sound',
    anomaly: 'broken-invariant',
    kind: 'always',
    on: 'journal',
    title: { ru: 'Сохранено только то, что разрешают правила', en: 'Only what the rules allow is stored' },
    test: (history) =>
      none(
        history.stored().filter((event) => {
          const { accountId, amount } = money(event);
          if (!isMoney(amount)) return true;
          return event.type === 'money.withdrawn' && fold(history, accountId, event.seq).balance < amount;
        }),
        (event) => {
          const { accountId, amount } = money(event);
          const { balance } = fold(history, accountId, event.seq);
          return {
            ru: `Сохранено ${event.type} на ${JSON.stringify(amount)} при остатке ${balance}. Суммы — целые и положительные, а в минус не уходят.`,
            en: `${event.type} of ${JSON.stringify(amount)} was stored at a balance of ${balance}. Amounts are whole and positive, and nobody goes below zero.`,
          };
        },
      ),
  },
  {
    id: 'no-echo',
    anomaly: 'effect-on-replay',
    kind: 'always',
    on: 'world',
    title: { ru: 'Чтение истории ничего не делает в мире', en: 'Reading history does nothing in the world' },
    test: (history) => {
      const call = origin(history);
      const groundless = unmet(letters(history), call, withdrawals(history), call);
      return none([...groundless, ...repeated(letters(history), call)], ({ data }) => ({
        ru: `Письмо «${String(data.subject)}» ушло без нового снятия: так бывает, когда письма отправляет apply, а историю перечитывают.`,
        en: `The letter “${String(data.subject)}” left without a new withdrawal: so it goes when apply sends letters and history is read again.`,
      }));
    },
  },
  {
    id: 'no-guessing',
    anomaly: 'off-contract',
    kind: 'always',
    on: 'journal',
    title: {
      ru: 'Незнакомое событие в истории — ошибка, а не пустяк',
      en: 'An unknown event in a history is an error, not a trifle',
    },
    test: (history) =>
      none(
        asked(history, 'getAccount').filter(({ args, answered }) => args[0] === 'odd' && answered),
        () => ({
          ru: 'В истории счёта odd есть account.frozen, о котором код ничего не знает, но остаток всё-таки назван.',
          en: 'The history of the account odd holds account.frozen, of which the code knows nothing, and yet a balance was given.',
        }),
      ),
  },
  {
    id: 'readable',
    anomaly: 'stuck',
    kind: 'eventually',
    on: 'journal',
    title: { ru: 'Всё, что однажды случилось, можно прочитать', en: 'Whatever once happened can be read' },
    test: (history) =>
      none(
        reads(history).filter(({ answered }) => !answered),
        ({ args, failed }) => ({
          ru: `Счёт ${String(args[0])} не удалось поднять из истории: ${failed?.error.message ?? 'ответа нет'}.`,
          en: `Account ${String(args[0])} could not be raised from its history: ${failed?.error.message ?? 'no answer'}.`,
        }),
      ),
  },
  {
    id: 'obeyed',
    anomaly: 'lost',
    kind: 'eventually',
    on: 'journal',
    title: {
      ru: 'Разрешённая команда выполнена, о снятии пришло письмо',
      en: 'An allowed command is carried out, a withdrawal brings a letter',
    },
    test: (history) => {
      const call = origin(history);
      const commands = legal(history);
      const undone = unmet(commands, ({ seq }) => seq, history.stored(), call);
      const silent = unmet(commands, ({ seq }) => seq, letters(history), call);
      return none([...undone, ...silent.filter(({ method }) => method === 'withdraw')], ({ method, args }) => ({
        ru: `${method}(${JSON.stringify(args[0])}, ${String(args[1])}) разрешено, но не выполнено или осталось без письма.`,
        en: `${method}(${JSON.stringify(args[0])}, ${String(args[1])}) is allowed, but was not carried out or brought no letter.`,
      }));
    },
  },
]);
