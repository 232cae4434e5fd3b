import { field, none, repeated, rules, unfounded, unmet, type History } from 'eda/check';

const orderId = field('orderId');

/** What an event of this lesson may be called, and what it must carry. */
const catalogue: Record<string, readonly string[]> = {
  'order.created': ['orderId', 'userId', 'sku', 'quantity', 'amount'],
  'inventory.reserved': ['orderId'],
};

const created = (history: History) => history.published('order.created');
const reservations = (history: History) => history.effects('warehouse.reserve');

export default rules([
  {
    id: 'past-fact',
    anomaly: 'off-contract',
    kind: 'always',
    on: 'journal',
    title: {
      ru: 'Событие названо фактом в прошедшем времени и несёт весь заказ',
      en: 'The event is named as a past fact and carries the whole order',
    },
    test: (history) =>
      none(
        history.published().filter(({ event, data }) => {
          const fields = catalogue[event];
          return !fields || fields.some((name) => field(name)({ data }) === undefined);
        }),
        ({ event }) =>
          catalogue[event]
            ? {
                ru: `Событие ${event} опубликовано без одного из полей: ${catalogue[event].join(', ')}.`,
                en: `The event ${event} was published without one of: ${catalogue[event].join(', ')}.`,
              }
            : {
                ru: `Опубликовано «${event}». Здесь говорят о том, что уже произошло: order.created.`,
                en: `“${event}” was published. Say what has already happened: order.created.`,
              },
      ),
  },
  {
    id: 'stored-first',
    anomaly: 'phantom',
    kind: 'always',
    on: 'journal',
    title: { ru: 'Заказ сохранён раньше, чем о нём объявлено', en: 'The order is stored before it is announced' },
    test: (history) =>
      none(unfounded(created(history), orderId, history.stored(), orderId), () => ({
        ru: 'Событие order.created ушло раньше, чем заказ был сохранён. Если сохранить не удастся, все узнают о заказе, которого нет.',
        en: 'order.created left before the order was stored. If storing fails, everybody has heard of an order that does not exist.',
      })),
  },
  {
    id: 'untouched',
    anomaly: 'mutated-event',
    kind: 'always',
    on: 'journal',
    title: { ru: 'Потребитель не меняет событие', en: 'No consumer changes an event' },
    test: (history) =>
      none(
        history
          .of('bus.handled')
          .filter(
            ({ error }) => error && /read only|not extensible|Cannot (delete|define|redefine)/.test(error.message),
          ),
        ({ node, error }) => ({
          ru: `${node} попытался изменить полученное событие: ${error!.message}. Прошлое не правят, а событие — общее.`,
          en: `${node} tried to change the event it got: ${error!.message}. The past is not edited, and the event is everybody’s.`,
        }),
      ),
  },
  {
    id: 'by-event',
    anomaly: 'uncaused',
    kind: 'always',
    on: 'world',
    title: { ru: 'Склад действует только в ответ на событие', en: 'The inventory acts only because of an event' },
    test: (history) =>
      none(
        reservations(history).filter((effect) => !history.cause(effect, 'bus.delivered')),
        ({ node }) => ({
          ru: `Товар отложен (${node}) не потому, что пришло событие: кто-то вызвал склад напрямую.`,
          en: `Items were reserved (${node}) though no event had arrived: somebody called the inventory directly.`,
        }),
      ),
  },
  {
    id: 'once',
    anomaly: 'duplicate-effect',
    kind: 'always',
    on: 'world',
    title: { ru: 'Каждый заказ отложен один раз', en: 'Each order is reserved once' },
    test: (history) =>
      none(repeated(reservations(history), orderId), (effect) => ({
        ru: `Заказ ${String(orderId(effect))} отложен на складе больше одного раза.`,
        en: `Order ${String(orderId(effect))} was reserved more than once.`,
      })),
  },
  {
    id: 'stored',
    anomaly: 'lost',
    kind: 'eventually',
    on: 'journal',
    title: {
      ru: 'Каждый заказ сохранён, и клиент знает его номер',
      en: 'Each order is stored and the client knows its number',
    },
    test: (history) =>
      none(
        unmet(
          history.calls('order-service', 'createOrder'),
          ({ answered }) => orderId({ data: answered?.value }),
          history.stored(),
          orderId,
        ),
        () => ({
          ru: 'createOrder не вернул номер сохранённого заказа.',
          en: 'createOrder did not return the number of a stored order.',
        }),
      ),
  },
  {
    id: 'announced',
    anomaly: 'lost',
    kind: 'eventually',
    on: 'journal',
    title: { ru: 'О каждом сохранённом заказе объявлено', en: 'Every stored order is announced' },
    test: (history) =>
      none(unmet(history.stored(), orderId, created(history), orderId), () => ({
        ru: 'Заказ сохранён, но никто о нём не узнал: события order.created не было.',
        en: 'The order is stored, but nobody has heard of it: there was no order.created.',
      })),
  },
  {
    id: 'reserved',
    anomaly: 'lost',
    kind: 'eventually',
    on: 'world',
    title: {
      ru: 'Склад отложил все заказы, сделанные при нём',
      en: 'The inventory reserved every order placed since it started',
    },
    test: (history) => {
      const start = history.of('node.started').find(({ node }) => node === 'inventory-service');
      const since = history
        .stored()
        .filter((order) => start && (history.cause(order, 'call.sent')?.seq ?? 0) > start.seq);
      return none(unmet(since, orderId, reservations(history), orderId), (event) => ({
        ru: `Склад работал, но заказ ${String(orderId(event))} не отложил.`,
        en: `The inventory was running, but order ${String(orderId(event))} was not reserved.`,
      }));
    },
  },
]);
