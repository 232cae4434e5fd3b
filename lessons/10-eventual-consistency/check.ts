import { none, rules, type Call, type History } from 'eda/check';

const limit = 2000;
const quiet = 20000;

interface Order {
  readonly orderId: string;
  readonly status: string;
}

interface Answer {
  readonly orders: readonly Order[];
  readonly pending?: boolean;
}

const looks = (history: History) => history.calls('storefront', 'myOrders');
const answer = ({ answered }: Call) => answered?.value as Answer | undefined;
const user = ({ args }: Call) => args[0];
const statuses = (orders: readonly Order[] = []) => new Map(orders.map(({ orderId, status }) => [orderId, status]));

/** What came earlier, to its end, for the same user. */
const earlier = (calls: readonly Call[], look: Call) =>
  calls.filter((call) => user(call) === user(look) && (call.answered?.seq ?? Infinity) < look.seq);

/** Which orders of the user there are, and how they stand, by what is stored. */
function truth(history: History, userId: unknown): Map<string, string> {
  const orders = new Map<string, string>();
  for (const { type, data } of history.stored()) {
    const event = data as { orderId: string; userId: string };
    if (event.userId === userId) orders.set(event.orderId, type === 'order.rejected' ? 'rejected' : 'placed');
  }
  return orders;
}

/** What an answer shows that an earlier one had shown already, but without it or before it: time has run backwards. */
function turnedBack(history: History, look: Call): boolean {
  const now = answer(look);
  if (!now || now.pending) return false;
  const shown = statuses(now.orders);
  return earlier(looks(history), look).some((call) => {
    const before = answer(call)!;
    if (before.pending) return false;
    return before.orders.some(
      ({ orderId, status }) => !shown.has(orderId) || (status === 'rejected' && shown.get(orderId) === 'placed'),
    );
  });
}

export default rules([
  {
    id: 'read-side',
    anomaly: 'off-contract',
    kind: 'always',
    on: 'journal',
    title: {
      ru: 'Списки читают из представлений, а не из сервиса заказов',
      en: 'Lists are read from the views, not from the order service',
    },
    test: (history) =>
      none(history.calls('order-service', 'listOrders'), () => ({
        ru: 'Список спросили у order-service. Он перечитывает всё хранилище: для того и есть представления, чтобы его не трогать.',
        en: 'The list was asked of order-service. It reads the whole store again: the views are there so that it need not.',
      })),
  },
  {
    id: 'own-writes',
    anomaly: 'stale',
    kind: 'always',
    on: 'journal',
    title: {
      ru: 'Свой заказ виден сразу или честно ожидается',
      en: 'One’s own order is visible at once or honestly pending',
    },
    test: (history) =>
      none(
        looks(history).filter((look) => {
          const shown = answer(look);
          if (!shown || shown.pending) return false;
          const own = earlier(history.calls('storefront', 'createOrder'), look);
          return own.some(({ answered }) => !statuses(shown.orders).has((answered!.value as Order).orderId));
        }),
        (look) => ({
          ru: `Пользователь ${String(user(look))} уже получил номер заказа, но в списке его нет и пометки pending тоже.`,
          en: `${String(user(look))} had got the number of an order, but the list lacks it and is not marked pending.`,
        }),
      ),
  },
  {
    id: 'never-back',
    anomaly: 'reordered',
    kind: 'always',
    on: 'journal',
    title: { ru: 'Увиденное не исчезает', en: 'What was seen does not vanish' },
    test: (history) =>
      none(
        looks(history).filter((look) => turnedBack(history, look)),
        (look) => ({
          ru: `Пользователь ${String(user(look))} обновил страницу и увидел более старый список: ответило представление, которое отстало сильнее.`,
          en: `${String(user(look))} reloaded the page and saw an older list: a view that lags further behind has answered.`,
        }),
      ),
  },
  {
    id: 'prompt',
    anomaly: 'slow',
    kind: 'always',
    on: 'journal',
    title: { ru: 'Ответ не позже чем через две секунды', en: 'An answer within two seconds' },
    test: (history) =>
      none(
        looks(history).filter(({ time, answered }) => (answered?.time ?? Infinity) - time > limit),
        (look) => ({
          ru: `Пользователь ${String(user(look))} ждал список больше ${limit} мс. Ждите с пределом и считайте его по часам: ответы тоже занимают время.`,
          en: `${String(user(look))} waited for the list for more than ${limit} ms. Wait with a limit, by the clock: answers take time too.`,
        }),
      ),
  },
  {
    id: 'settled',
    anomaly: 'drifted',
    kind: 'eventually',
    on: 'journal',
    title: { ru: 'Когда всё улеглось, список верен', en: 'When all is quiet, the list is right' },
    test: (history) =>
      none(
        looks(history).filter((look) => {
          if (look.time < quiet) return false;
          const shown = answer(look);
          const orders = truth(history, user(look));
          const found = statuses(shown?.orders);
          return (
            !shown ||
            shown.pending ||
            found.size !== orders.size ||
            [...orders].some(([id, status]) => found.get(id) !== status)
          );
        }),
        (look) => ({
          ru: `Давно ничего не происходит, а список ${String(user(look))} расходится с хранилищем или всё ещё помечен pending.`,
          en: `Nothing has happened for long, yet the list of ${String(user(look))} differs from the store or is still marked pending.`,
        }),
      ),
  },
]);
