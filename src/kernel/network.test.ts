import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Clock } from './clock.ts';
import { Faults, parseFaults } from './faults.ts';
import { Network } from './network.ts';
import { Random } from './random.ts';

/** A network of its own with a log of what became of each message. */
function networkOf(faults: string, seed = 1) {
  const clock = new Clock();
  const log: string[] = [];
  const struck: string[] = [];
  const network = new Network(
    clock,
    new Random(seed, 'network'),
    new Faults(parseFaults(faults), new Random(seed, 'faults')),
    (kind, place, id) => struck.push(`${kind}@${place} ${id} at ${clock.now}`),
  );
  const send = (id: string, from = 'orders', to = 'bus', overtaking = false) =>
    network.send({
      from,
      to,
      id,
      overtaking,
      arrive: () => log.push(`${id} arrived`),
      lost: () => log.push(`${id} lost`),
      dropped: () => log.push(`${id} dropped`),
      ...(overtaking && { again: () => log.push(`${id} sent again`) }),
    });
  const at = (time: number, work: () => void) => clock.after(time - clock.now, work);
  const run = () => {
    while (clock.step());
    return log;
  };
  return { network, clock, send, at, run, struck };
}

test('a message takes from 1 to 5 ms where no fault delays it', () => {
  for (let seed = 0; seed < 50; seed++) {
    const { clock, send, run } = networkOf('', seed);
    send('m');
    expect(run()).toEqual(['m arrived']);
    expect([1, 2, 3, 4, 5]).toContain(clock.now);
  }
});

test('messages of one link arrive in the order in which they were sent, whatever delays them', () => {
  fc.assert(
    fc.property(fc.nat(), fc.boolean(), fc.array(fc.nat(30), { maxLength: 30 }), (seed, overtaking, times) => {
      const { at, send, run } = networkOf('delay:0-100', seed);
      const sent = times.toSorted((a, b) => a - b).map((time, i) => [time, `m${i}`] as const);
      for (const [time, id] of sent) at(time, () => send(id, 'orders', 'bus', overtaking));
      expect(run()).toEqual(sent.map(([, id]) => `${id} arrived`));
    }),
  );
});

test('a reordered message is overtaken, and all of them arrive', () => {
  const { send, run, struck } = networkOf('reorder#1');
  for (const id of ['a', 'b', 'c']) send(id, 'bus', 'mail', true);
  expect(run()).toEqual(['b arrived', 'c arrived', 'a arrived']);
  expect(struck).toEqual(['reorder@bus>mail a at 0']);
});

test('nothing overtakes on a socket', () => {
  const { send, run, struck } = networkOf('reorder:1');
  for (const id of ['a', 'b', 'c']) send(id);
  expect(run()).toEqual(['a arrived', 'b arrived', 'c arrived']);
  expect(struck).toEqual([]);
});

test('a cut loses what is on its way, in both directions, and no other connection', () => {
  const { send, run, struck } = networkOf('cut@orders>bus:500#2');
  send('a');
  send('answer', 'bus', 'orders');
  send('elsewhere', 'mail', 'bus');
  send('b');
  expect(run()).toEqual(['a lost', 'answer lost', 'b lost', 'elsewhere arrived']);
  expect(struck).toEqual(['cut@orders>bus b at 0']);
});

test('a cut connection heals: what is sent meanwhile waits for it', () => {
  const { clock, at, send, run } = networkOf('cut@orders>bus:500#1');
  send('a');
  at(100, () => send('b'));
  at(200, () => send('c', 'bus', 'orders'));
  expect(new Set(run())).toEqual(new Set(['a lost', 'b arrived', 'c arrived']));
  expect(clock.now).toBeGreaterThan(500);
  expect(clock.now).toBeLessThanOrEqual(505);
});

test('a partition holds back what is sent in its time, and says so once a link', () => {
  const { clock, at, send, run, struck } = networkOf('partition@orders:100-300');
  at(50, () => send('before'));
  at(100, () => send('first'));
  at(200, () => send('second'));
  at(200, () => send('elsewhere', 'mail', 'bus'));
  expect(run()).toEqual(['before arrived', 'elsewhere arrived', 'first arrived', 'second arrived']);
  expect(clock.now).toBeGreaterThan(300);
  expect(struck).toEqual(['partition@orders>bus first at 100']);
});

test('a partition without a place separates everything, and one can follow another', () => {
  const { clock, at, send, run, struck } = networkOf('partition:20-30,partition@bus:0-20');
  at(5, () => send('a'));
  run();
  expect(clock.now).toBeGreaterThan(30);
  expect(struck).toHaveLength(2);
});

test('a dropped message is gone, and only the bookkeeper hears of it', () => {
  const { send, run, struck } = networkOf('drop@orders#2');
  for (const id of ['a', 'b', 'c']) send(id);
  expect(run()).toEqual(['b dropped', 'a arrived', 'c arrived']);
  expect(struck).toEqual(['drop@orders>bus b at 0']);
});

test('a message is delivered, delayed, duplicated or dropped by hand, and the journal is told before it happens', () => {
  const { network, send, run, struck } = networkOf('');
  for (const id of ['a', 'b', 'c', 'd']) send(id, 'bus', 'mail', true);
  network.delay('a', 'bus>mail', 100);
  network.duplicate('b', 'bus>mail');
  network.drop('c', 'bus>mail');
  network.deliver('d', 'bus>mail');
  expect(run()).toEqual(['b sent again', 'c dropped', 'd arrived', 'b arrived', 'a arrived']);
  expect(struck).toEqual(
    ['delay a', 'duplicate b', 'drop c', 'deliver d'].map((deed) => deed.replace(' ', '@bus>mail ') + ' at 0'),
  );
});

test('by hand too, nothing overtakes on a socket', () => {
  const hasty = networkOf('');
  for (const id of ['a', 'b', 'c']) hasty.send(id);
  hasty.network.deliver('b', 'orders>bus');
  expect(hasty.run()).toEqual(['a arrived', 'b arrived', 'c arrived']);
  const late = networkOf('');
  for (const id of ['a', 'b', 'c']) late.send(id);
  late.network.delay('a', 'orders>bus', 100);
  late.send('d');
  expect(late.run()).toEqual(['a arrived', 'b arrived', 'c arrived', 'd arrived']);
  expect(late.clock.now).toBeGreaterThan(100);
});

test('a deed to a message that is not there is none', () => {
  const { network, send, run, struck } = networkOf('');
  send('a');
  network.drop('b', 'orders>bus');
  network.drop('a', 'bus>orders');
  network.duplicate('a', 'orders>bus');
  network.deliver('a', 'nobody>nowhere');
  expect(run()).toEqual(['a arrived']);
  expect(struck).toEqual([]);
});

test('a node that is cut off loses what is on its way, on links that it has not used yet too waits what is sent, and it heals', () => {
  const { network, clock, send, run } = networkOf('');
  send('a', 'orders', 'bus');
  send('b', 'bus', 'orders');
  send('elsewhere', 'bus', 'mail');
  network.cutOff('orders', 500);
  send('c', 'orders', 'bus');
  send('d', 'mail', 'orders');
  const fates = run();
  expect(fates.slice(0, 3)).toEqual(['a lost', 'b lost', 'elsewhere arrived']);
  expect(new Set(fates.slice(3))).toEqual(new Set(['c arrived', 'd arrived']));
  expect(clock.now).toBeGreaterThan(500);
});

test('every message has exactly one fate', () => {
  const plan = 'delay:0-50,cut:20,drop:0.1,reorder,partition:30-60';
  fc.assert(
    fc.property(fc.nat(), fc.array(fc.tuple(fc.nat(100), fc.boolean()), { maxLength: 50 }), (seed, sends) => {
      const { at, send, run } = networkOf(plan, seed);
      sends.forEach(([time, back], i) => at(time, () => (back ? send(`m${i}`, 'bus', 'orders', true) : send(`m${i}`))));
      const fates = run().map((line) => line.split(' ')[0]!);
      expect(fates.toSorted()).toEqual(sends.map((_, i) => `m${i}`).toSorted());
    }),
  );
});
