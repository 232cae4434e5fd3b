import type { WorldEntry, WorldFact } from '../brokers/facts.ts';

/** A journal for the tests of views: `orders` orders, three consumers, a copy and a failure now and then, a crash. */
export function orderRun(orders: number): WorldEntry[] {
  const happenings: { time: number; node: string; fact: WorldFact; key: string; cause?: string }[] = [];
  const happen = (time: number, node: string, fact: WorldFact, key: string, cause?: string) =>
    happenings.push({ time, node, fact, key, ...(cause !== undefined && { cause }) });
  const consumers = ['inventory-service', 'payment-service', 'mail-service'];
  const random = numbers(7);

  for (const name of ['order-service', ...consumers])
    happen(0, name, { type: 'node.started', file: `${name}.ts` }, `start ${name}`);
  for (const name of consumers)
    happen(
      0,
      name,
      { type: 'bus.subscribed', subscription: `${name}:order.*`, pattern: 'order.*', concurrency: 1 },
      name,
    );

  for (let n = 1; n <= orders; n++) {
    const start = 200 + n * 600 + random(100);
    const id = `e-${n}`;
    const data = { orderId: `ORD-${n}`, totalAmount: 1000 + random(4000) };
    const at = { file: 'order-service.ts', line: 7, column: 11 };
    const event = {
      id: `s-${n}`,
      stream: `order-${n}`,
      revision: 0,
      position: n - 1,
      type: 'order.created',
      data,
      created: '2025-01-13T10:30:00.000Z',
    };
    happen(start, 'order-service', { type: 'store.appended', stream: event.stream, events: [event] }, `append ${n}`);
    happen(
      start + 2,
      'order-service',
      { type: 'bus.published', id, event: 'order.created', data, at },
      id,
      `append ${n}`,
    );
    const routed = start + 30 + random(20);
    happen(routed, 'bus', { type: 'bus.routed', id, to: consumers.map((name) => `${name}:order.*`) }, `route ${n}`, id);
    for (const name of consumers) {
      const subscription = `${name}:order.*`;
      const times = name === 'mail-service' && n % 4 === 0 ? 2 : 1;
      for (let attempt = 1; attempt <= times; attempt++) {
        const sent = routed + (attempt - 1) * 250;
        const arrived = sent + 40 + random(120);
        const done = arrived + 30 + random(60);
        const key = `${id} ${subscription} ${attempt}`;
        if (attempt === 2)
          happen(sent, 'bus', { type: 'fault.struck', kind: 'duplicate', place: 'bus', id }, `${key} fault`);
        happen(
          arrived,
          name,
          { type: 'bus.delivered', id, subscription, attempt, redelivered: false, sent, arrived },
          key,
          `route ${n}`,
        );
        if (name === 'payment-service' && n % 5 === 0)
          happen(
            done,
            name,
            { type: 'bus.handled', id, subscription, attempt, error: { name: 'Error', message: 'card declined' } },
            `${key} handled`,
            key,
          );
        else {
          const kind = name.split('-')[0]!;
          happen(done, name, { type: 'world.effected', kind, key: data.orderId, data: {} }, `${key} effect`, key);
          happen(done, name, { type: 'bus.handled', id, subscription, attempt }, `${key} handled`, key);
        }
        if (attempt === times)
          happen(done + 20, 'bus', { type: 'bus.settled', id, subscription, outcome: 'acked' }, `${key} settled`, key);
      }
    }
  }

  happenings.sort((a, b) => a.time - b.time);
  const seqs = new Map(happenings.map(({ key }, seq) => [key, seq]));
  return happenings.map(({ time, node, fact, cause }, seq) => {
    const because = cause === undefined ? undefined : seqs.get(cause);
    return { seq, time, node, ...(because !== undefined && because < seq && { cause: because }), ...fact };
  });
}

/** Whole numbers below a limit, always the same ones. */
function numbers(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}
