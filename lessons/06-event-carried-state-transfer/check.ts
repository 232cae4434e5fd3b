import { none, rules, unmet, type EntryOf, type History } from 'eda/check';

interface Customer {
  readonly customerId: string;
  readonly version: number;
  readonly street: string;
  readonly note?: string;
}

const labels = (history: History) => history.effects('shipping.createLabel');
const orders = (history: History) => history.calls('shipping-service', 'printLabel');
const orderId = ({ data }: EntryOf<'world.effected'>) => data.orderId;

/** The newest version of the customer whose order the label is for. */
function truth(history: History, label: EntryOf<'world.effected'>): Customer | undefined {
  const customerId = orders(history).find(({ args }) => args[0] === orderId(label))?.args[1];
  return history
    .published('customer.updated')
    .map(({ data }) => data as Customer)
    .filter((customer) => customer.customerId === customerId)
    .reduce<Customer | undefined>((a, b) => (a && a.version > b.version ? a : b), undefined);
}

export default rules([
  {
    id: 'on-its-own',
    anomaly: 'off-contract',
    kind: 'always',
    on: 'journal',
    title: { ru: 'Доставка никого ни о чём не спрашивает', en: 'Shipping asks nobody anything' },
    test: (history) =>
      none(
        history.of('call.sent').filter(({ node }) => node === 'shipping-service'),
        ({ to, method }) => ({
          ru: `Доставка обратилась к ${to} (${method}). Событие уже принесло всё, что нужно, — отвечайте из своей копии.`,
          en: `Shipping asked ${to} (${method}). The event has already brought everything: answer from your own copy.`,
        }),
      ),
  },
  {
    id: 'private',
    anomaly: 'broken-invariant',
    kind: 'always',
    on: 'journal',
    title: { ru: 'Личные данные не уходят дальше', en: 'Personal data travels no further' },
    test: (history) =>
      none(
        history
          .published()
          .filter(({ node, data }) => node === 'shipping-service' && /@|name|street/.test(JSON.stringify(data))),
        ({ event }) => ({
          ru: `В ${event} ушли личные данные клиента. Аналитике хватает номера заказа и города.`,
          en: `${event} carries the customer’s personal data. The number of the order and the city are enough for analytics.`,
        }),
      ),
  },
  {
    id: 'newest',
    anomaly: 'stale',
    kind: 'always',
    on: 'world',
    title: { ru: 'На этикетке самый новый адрес', en: 'The label has the newest address' },
    test: (history) =>
      none(
        labels(history).filter((label) => label.data.street !== truth(history, label)?.street),
        (label) => ({
          ru: `На этикетке ${String(orderId(label))} — «${String(label.data.street)}», а клиент уже на «${String(truth(history, label)?.street)}».`,
          en: `Label ${String(orderId(label))} says “${String(label.data.street)}”, but the customer is at “${String(truth(history, label)?.street)}” by now.`,
        }),
      ),
  },
  {
    id: 'same-state',
    anomaly: 'drifted',
    kind: 'always',
    on: 'world',
    title: { ru: 'Что клиент убрал, того нет и в копии', en: 'What the customer removed is gone from the copy' },
    test: (history) =>
      none(
        labels(history).filter((label) => {
          const customer = truth(history, label);
          return label.data.street === customer?.street && label.data.note !== customer?.note;
        }),
        (label) => ({
          ru: `На этикетке ${String(orderId(label))} примечание «${String(label.data.note)}», которого у клиента больше нет.`,
          en: `Label ${String(orderId(label))} has the note “${String(label.data.note)}”, which the customer has removed.`,
        }),
      ),
  },
  {
    id: 'printed',
    anomaly: 'lost',
    kind: 'eventually',
    on: 'world',
    title: {
      ru: 'Этикетки печатаются и без сервиса клиентов',
      en: 'Labels are printed even without the customer service',
    },
    test: (history) =>
      none(
        unmet(orders(history), ({ args }) => args[0], labels(history), orderId),
        ({ args }) => ({
          ru: `Этикетка ${String(args[0])} не напечатана.`,
          en: `Label ${String(args[0])} was not printed.`,
        }),
      ),
  },
]);
