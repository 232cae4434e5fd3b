import { describe, expect, it } from 'vitest';
import type { WorldFact } from '../brokers/facts.ts';
import { Journal } from '../kernel/journal.ts';
import { History } from './history.ts';

/** One order, as it goes: asked for from outside, stored, published, delivered, and an item put aside. */
function order() {
  const journal = new Journal<WorldFact>(() => 0);
  const sent = journal.append('scenario', { type: 'call.sent', id: 'c1', to: 'orders', method: 'create', args: [] });
  const event = {
    id: 'e1',
    stream: 's',
    revision: 0,
    position: 0,
    type: 'order.created',
    data: { orderId: 1 },
    created: '',
  };
  const stored = journal.append('orders', { type: 'store.appended', stream: 's', events: [event] }, sent.seq);
  const published = journal.append(
    'orders',
    { type: 'bus.published', id: 'b1', event: 'order.created', data: {} },
    stored.seq,
  );
  journal.append('orders', { type: 'call.answered', id: 'c1', value: 1 }, sent.seq);
  const delivered = journal.append(
    'stock',
    { type: 'bus.delivered', id: 'b1', subscription: 'stock:#', attempt: 1, redelivered: false, sent: 0, arrived: 0 },
    published.seq,
  );
  journal.append('stock', { type: 'world.effected', kind: 'reserve', key: 'k', data: {} }, delivered.seq);
  return new History(journal.entries);
}

describe('a history', () => {
  it('reads entries by what they are', () => {
    const history = order();
    expect(history.published('order.created')).toEqual(history.of('bus.published'));
    expect(history.published('other')).toEqual([]);
    expect(history.stored('order.created')).toMatchObject([{ seq: 1, node: 'orders', data: { orderId: 1 } }]);
    expect(history.effects('reserve')).toHaveLength(1);
    expect(history.of('node.crashed')).toEqual([]);
  });

  it('pairs a call with its end', () => {
    expect(order().calls('orders', 'create')).toMatchObject([{ node: 'scenario', answered: { value: 1 } }]);
    expect(order().calls('stock')).toEqual([]);
  });

  it('knows why an entry is there', () => {
    const history = order();
    const [effect] = history.effects();
    expect(history.causes(effect!).map(({ type }) => type)).toEqual([
      'bus.delivered',
      'bus.published',
      'store.appended',
      'call.sent',
    ]);
    expect(history.cause(effect!, 'call.sent')).toMatchObject({ method: 'create' });
    expect(history.cause(effect!, 'node.restarted')).toBeUndefined();
  });
});
