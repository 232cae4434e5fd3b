import { field, none, repeated, rules, unmet, type Call, type History, type Stored } from 'eda/check';

const quiet = 20000;

interface Order {
  readonly orderId: string;
  readonly customerId: string;
  readonly amount: number;
}

const commands = (history: History) => history.calls('order-commands', 'handleCreateOrder');
const commandOf = ({ args }: Call) => (args[0] as { commandId: string }).commandId;
const dataOf = ({ args }: Call) => (args[0] as { data: Partial<Order> }).data;
const valid = ({ customerId, amount }: Partial<Order>) => !!customerId && Number.isInteger(amount) && amount! > 0;

/** The order that an event made, if it is one that this lesson knows. */
const orderOf = ({ data }: Stored) => data as Order;

/** The command because of which an entry is there. */
const origin = (history: History) => (entry: { readonly cause?: number }) => {
  const call = history.cause(entry, 'call.sent');
  return call?.to === 'order-commands' ? commandOf(call) : undefined;
};

/** What the questions of the last hour ought to be answered: the stored orders of this customer. */
function truth(history: History, customer: unknown) {
  const orders = history
    .stored()
    .map(orderOf)
    .filter(({ customerId }) => customerId === customer);
  return { orders, count: orders.length, total: orders.reduce((sum, { amount }) => sum + amount, 0) };
}

const rowsOf = ({ answered }: Call) => (answered?.value ?? []) as readonly Order[];

/** A stored order that has no row of its own. */
const absent = (rows: readonly Order[], orders: readonly Order[]) =>
  orders.find(({ orderId, amount }) => !rows.some((row) => row.orderId === orderId && row.amount === amount));

interface Totals {
  readonly count: number;
  readonly total: number;
}

/** What a customer's row says; without one there are no orders. */
const totalsOf = ({ answered }: Call) => (answered?.value ?? { count: 0, total: 0 }) as Totals;

const lastAsked = (history: History, method: string) =>
  history.calls('order-queries', method).filter(({ time }) => time >= quiet);

export default rules([
  {
    id: 'own-fields',
    anomaly: 'off-contract',
    kind: 'always',
    on: 'journal',
    title: { ru: 'Клиент не решает, что случилось', en: 'The client does not decide what has happened' },
    test: (history) =>
      none(
        history
          .stored()
          .filter(
            (event) => event.type !== 'order.created' || orderOf(event).orderId === 'CLIENT' || !valid(orderOf(event)),
          ),
        (event) => ({
          ru: `Сохранено ${event.type}, заказ ${orderOf(event).orderId} на ${orderOf(event).amount}: тип, номер или сумму подменили данными команды.`,
          en: `${event.type}, order ${orderOf(event).orderId} of ${orderOf(event).amount}, was stored: the data of a command has replaced the type, the number or the amount.`,
        }),
      ),
  },
  {
    id: 'one-order',
    anomaly: 'duplicate-effect',
    kind: 'always',
    on: 'journal',
    title: { ru: 'Повторённая команда — тот же заказ', en: 'A repeated command is the same order' },
    test: (history) =>
      none(repeated(history.stored(), origin(history)), (event) => ({
        ru: `Команда ${String(origin(history)(event))} пришла дважды и создала два заказа.`,
        en: `The command ${String(origin(history)(event))} came twice and made two orders.`,
      })),
  },
  {
    id: 'asking-is-free',
    anomaly: 'broken-invariant',
    kind: 'always',
    on: 'readModel',
    title: { ru: 'Вопрос ничего не меняет', en: 'A question changes nothing' },
    test: (history) =>
      none(
        [...history.of('store.appended'), ...history.of('readModel.written')].filter(
          ({ node }) => node === 'order-queries',
        ),
        () => ({
          ru: 'Сторона чтения записала: теперь то, сколько раз спросили, меняет ответ.',
          en: 'The read side has written: now the number of questions changes the answer.',
        }),
      ),
  },
  {
    id: 'answered',
    anomaly: 'lost',
    kind: 'eventually',
    on: 'journal',
    title: {
      ru: 'Верная команда возвращает номер своего заказа',
      en: 'A valid command returns the number of its order',
    },
    test: (history) =>
      none(
        unmet(
          commands(history).filter((call) => valid(dataOf(call)) && call.failed?.error.name !== 'ServiceUnavailable'),
          ({ answered }) => answered?.value,
          history.stored(),
          field('orderId'),
        ),
        (call) => ({
          ru: `Команда ${commandOf(call)} верна, но номера сохранённого заказа клиент не получил.`,
          en: `The command ${commandOf(call)} is valid, but the client did not get the number of a stored order.`,
        }),
      ),
  },
  {
    id: 'projected',
    anomaly: 'drifted',
    kind: 'eventually',
    on: 'readModel',
    title: {
      ru: 'Когда всё улеглось, orders — это сохранённые заказы',
      en: 'When all is quiet, orders are the stored orders',
    },
    test: (history) =>
      none(
        lastAsked(history, 'getOrdersByCustomer').filter((call) => {
          const { orders } = truth(history, call.args[0]);
          return rowsOf(call).length !== orders.length || absent(rowsOf(call), orders) !== undefined;
        }),
        (call) => {
          const [customer] = call.args;
          const { orders } = truth(history, customer);
          const rows = rowsOf(call);
          const lost = JSON.stringify(absent(rows, orders), ['orderId', 'amount']);
          return lost
            ? {
                ru: `Среди строк клиента ${String(customer)} (их ${rows.length}) нет строки с полями ${lost}, а такой заказ сохранён.`,
                en: `Among the rows of ${String(customer)} (${rows.length}) none has the fields ${lost}, but such an order is stored.`,
              }
            : {
                ru: `У клиента ${String(customer)} сохранено заказов: ${orders.length}, а строк найдено: ${rows.length}.`,
                en: `For ${String(customer)} ${orders.length} orders are stored, ${rows.length} rows were found.`,
              };
        },
      ),
  },
  {
    id: 'counted',
    anomaly: 'drifted',
    kind: 'eventually',
    on: 'readModel',
    title: { ru: 'Итоги по клиенту сходятся с заказами', en: 'The totals of a customer agree with the orders' },
    test: (history) =>
      none(
        lastAsked(history, 'getCustomer').filter((call) => {
          const { count, total } = truth(history, call.args[0]);
          return totalsOf(call).count !== count || totalsOf(call).total !== total;
        }),
        (call) => {
          const [found, stored] = [totalsOf(call), truth(history, call.args[0])];
          return {
            ru: `Итоги клиента ${String(call.args[0])}: count ${found.count}, total ${found.total}, а по событиям — count ${stored.count}, total ${stored.total}.`,
            en: `The totals of ${String(call.args[0])} are count ${found.count}, total ${found.total}; the events say count ${stored.count}, total ${stored.total}.`,
          };
        },
      ),
  },
]);
