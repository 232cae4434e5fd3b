import fc from 'fast-check';
import { expect, test } from 'vitest';
import { within } from '../../kernel/context.ts';
import type { KernelFact } from '../../kernel/facts.ts';
import type { Life } from '../../kernel/node.ts';
import { project } from '../../kernel/projection.ts';
import { VirtualPromise } from '../../kernel/promise.ts';
import type { World } from '../../kernel/world.ts';
import { sleep, worldOf } from '../../kernel/world.testing.ts';
import { BusServer, publishTimeout, redeliveryDelay, type Delivery, type SubscribeOptions } from './server.ts';
import { bus, type BusFact } from './state.ts';

type F = KernelFact | BusFact;

/** What a node of a story is: it is evaluated with the bus at each start. */
type Service = (bus: BusServer, life: Life, world: World) => unknown;

/** A world with a bus and these services, started. `publish` publishes as somebody outside, at that time. */
function story(services: Readonly<Record<string, Service>>, { faults = '', seed = 1 } = {}) {
  const nodes = Object.entries(services).map(
    ([name, service]) => [name, (life: Life) => void service(server, life, world as never)] as const,
  );
  const world = worldOf<F>(Object.fromEntries(nodes), { faults, seed });
  const server = new BusServer(world as never);
  world.startAll();
  const publish = (time: number, type: string, data: unknown = null) =>
    world.clock.after(time, () => void server.publish(type, data).catch(() => {}));
  const told = <T extends F['type']>(type: T) =>
    world.journal.entries.filter((entry): entry is Extract<typeof entry, { type: T }> => entry.type === type);
  const outcomes = () => told('bus.settled').map(({ id, subscription, outcome }) => `${id} ${subscription} ${outcome}`);
  return { world, server, publish, told, outcomes, run: (until = Infinity) => world.run(until) };
}

/** A subscriber that logs what it gets and takes `takes` virtual ms over each. */
const listener =
  (log: unknown[], pattern = '#', options?: SubscribeOptions, takes = 0): Service =>
  (server, life, world) =>
    server.subscribe(
      life,
      pattern,
      (event, { id, attempt, redelivered }: Delivery) => {
        log.push([id, event, attempt, redelivered]);
        return takes > 0 ? sleep(world, takes) : undefined;
      },
      options,
    );

const byText = (a: string, b: string) => (a < b ? -1 : 1);

/** At rest the bus holds nothing but its subscriptions and what was lost on the way to it, and its state is what the journal says. */
function atRest({ server, world, told }: ReturnType<typeof story>): void {
  const arrived = new Set(told('bus.routed').map(({ id }) => id));
  const lost = told('bus.published').filter(({ id }) => !arrived.has(id));
  expect([...server.state.events.keys()]).toEqual(lost.map(({ id }) => id));
  for (const { unsettled } of server.state.subscriptions.values()) expect([...unsettled]).toEqual([]);
  expect(project(bus, world.journal.entries as never)).toEqual(server.state);
}

test('nothing published: nothing happens', () => {
  const it = story({ mail: listener([]) });
  expect(it.run()).toBe('rest');
  expect(it.world.journal.entries.map(({ type }) => type)).toEqual(['node.started', 'bus.subscribed']);
  atRest(it);
});

test('one event: published, routed, delivered, handled, settled, each because of the one before', () => {
  const log: unknown[] = [];
  const it = story({ mail: listener(log, 'order.*') });
  it.publish(10, 'order.created', { orderId: 'A', at: new Date(0) });
  expect(it.run()).toBe('rest');
  expect(log).toEqual([['e-1', { orderId: 'A', at: '1970-01-01T00:00:00.000Z' }, 1, false]]);
  const life = it.world.journal.entries.filter(({ type }) => /^bus\.(?!sub)/.test(type));
  expect(life.map(({ node, type }) => `${type} at ${node}`)).toEqual([
    'bus.published at world',
    'bus.routed at bus',
    'bus.delivered at mail',
    'bus.handled at mail',
    'bus.settled at bus',
  ]);
  const [published, , delivered] = life.map(({ seq }) => seq);
  expect(life.map(({ cause }) => cause)).toEqual([undefined, published, published, delivered, delivered]);
  atRest(it);
});

test('an event that nobody subscribed to is accepted and gone', () => {
  const it = story({});
  it.publish(0, 'order.created');
  it.run();
  expect(it.told('bus.routed')).toMatchObject([{ to: [] }]);
  atRest(it);
});

test('many events come in the order in which they were published, one at a time', () => {
  const log: unknown[] = [];
  const it = story({ mail: listener(log, '#', {}, 30) }, { faults: 'delay:0-100' });
  for (let i = 0; i < 50; i++) it.publish(i, 'order.created', i);
  it.run();
  expect(log.map((each) => (each as unknown[])[1])).toEqual(Array.from({ length: 50 }, (_, i) => i));
  atRest(it);
});

test('publish is fulfilled when the bus has accepted, not when anybody has handled', () => {
  let accepted = 0;
  const it = story({
    mail: listener([], '#', {}, 1_000),
    orders: (server, _, world) => void server.publish('a', 1).then(() => (accepted = world.now)),
  });
  it.run();
  expect(accepted).toBeGreaterThan(0);
  expect(accepted).toBeLessThanOrEqual(10);
});

test('what is published is a frozen copy: nobody changes it for another', () => {
  const order = { items: ['TEA'] };
  const seen: unknown[] = [];
  const greedy: Service = (server, life) =>
    server.subscribe(life, '#', (event) => {
      seen.push(JSON.stringify(event));
      (event as typeof order).items.push('CUP');
    });
  const it = story({ a: greedy, b: greedy, shop: (server) => void server.publish('order', order) });
  order.items.push('SPOON');
  it.run();
  expect(seen).toEqual(['{"items":["TEA"]}', '{"items":["TEA"]}']);
  expect(it.outcomes().sort(byText)).toEqual(['e-1 a:# failed', 'e-1 b:# failed']);
});

test('who subscribes late gets what is published from then on', () => {
  const log: unknown[] = [];
  const it = story({
    mail: (server, life, world) => void sleep(world, 100).then(() => listener(log)(server, life, world)),
  });
  it.publish(50, 'a', 'before');
  it.publish(150, 'a', 'after');
  it.run();
  expect(log).toEqual([['e-2', 'after', 1, false]]);
  atRest(it);
});

test('what was published while a subscriber was down waits for it', () => {
  const log: unknown[] = [];
  const it = story({ mail: listener(log) });
  it.world.clock.after(50, () => it.world.crash('mail', 'input'));
  it.publish(100, 'a', 'meanwhile');
  it.world.clock.after(500, () => it.world.start('mail'));
  it.run();
  expect(log).toEqual([['e-1', 'meanwhile', 1, false]]);
  atRest(it);
});

test('a crash before the settlement brings the event back, told as redelivered', () => {
  const log: unknown[] = [];
  const it = story({ mail: listener(log, '#', {}, 100) });
  it.publish(0, 'a', 'letter');
  it.world.clock.after(50, () => it.world.crash('mail', 'fault'));
  it.run();
  expect(log).toEqual([
    ['e-1', 'letter', 1, false],
    ['e-1', 'letter', 2, true],
  ]);
  expect(it.told('bus.handled')).toHaveLength(1);
  atRest(it);
});

test.each([
  ['before-handling', ['node.crashed', 'bus.delivered', 'bus.handled', 'bus.settled'], 1],
  ['before-ack', ['bus.delivered', 'bus.handled', 'node.crashed', 'bus.delivered', 'bus.handled', 'bus.settled'], 2],
  ['after-ack', ['bus.delivered', 'bus.handled', 'node.crashed', 'bus.settled'], 1],
])('a crash %s', (point, expected, handled) => {
  const log: unknown[] = [];
  const it = story({ mail: listener(log) }, { faults: `crash@mail:${point}#1` });
  it.publish(0, 'a');
  it.run();
  const types = new Set(expected);
  expect(it.world.journal.entries.map(({ type }) => type).filter((type) => types.has(type))).toEqual(expected);
  expect(log).toHaveLength(handled);
  atRest(it);
});

test('each of two subscribers gets its own, and settles for itself', () => {
  const mail: unknown[] = [];
  const crm: unknown[] = [];
  const it = story({ mail: listener(mail), crm: listener(crm, 'order.*', {}, 500) });
  it.publish(0, 'order.created', 1);
  it.publish(1, 'user.created', 2);
  it.run();
  expect([mail.length, crm.length]).toEqual([2, 1]);
  expect(it.outcomes().sort(byText)).toEqual(['e-1 crm:order.* acked', 'e-1 mail:# acked', 'e-2 mail:# acked']);
  atRest(it);
});

test('two subscriptions of one service to one pattern are two', () => {
  const log: unknown[] = [];
  const it = story({
    mail: (server, life, world) => {
      listener(log)(server, life, world);
      listener(log)(server, life, world);
    },
  });
  it.publish(0, 'a');
  it.run();
  expect(it.told('bus.subscribed').map(({ subscription }) => subscription)).toEqual(['mail:#', 'mail:##2']);
  expect(log).toHaveLength(2);
  atRest(it);
});

test('a poison event fails, is settled so, and disturbs nobody', () => {
  const log: unknown[] = [];
  const it = story({
    mail: (server, life) =>
      server.subscribe(life, '#', (event) => {
        if (event === 'poison') throw new TypeError('cannot read that');
        log.push(event);
      }),
  });
  ['first', 'poison', 'last'].forEach((data, time) => it.publish(time, 'a', data));
  it.run();
  expect(log).toEqual(['first', 'last']);
  expect(it.outcomes()).toEqual(['e-1 mail:# acked', 'e-2 mail:# failed', 'e-3 mail:# acked']);
  expect(it.told('bus.handled')[1]).toMatchObject({ error: { name: 'TypeError', message: 'cannot read that' } });
  expect(it.told('node.failed')).toEqual([]);
  atRest(it);
});

test('a handler that fails is tried again as often as it asked, with a back-off', () => {
  const tries: number[] = [];
  const it = story({
    mail: (server, life, world) =>
      server.subscribe(
        life,
        '#',
        (_, { attempt, redelivered }) => {
          tries.push(world.now);
          expect([attempt, redelivered]).toEqual([tries.length, tries.length > 1]);
          return VirtualPromise.reject(new Error('busy'));
        },
        { retry: { attempts: 4, delay: 100, factor: 2 } },
      ),
  });
  it.publish(0, 'a');
  it.run();
  expect(tries.map((time) => time - tries[0]!)).toEqual([0, 100, 300, 700]);
  expect(it.outcomes()).toEqual(['e-1 mail:# failed']);
  atRest(it);
});

test('a retry that succeeds settles the event as handled', () => {
  let tries = 0;
  const it = story({
    mail: (server, life) =>
      server.subscribe(
        life,
        '#',
        () => {
          if (++tries < 3) throw new Error('busy');
        },
        { retry: { attempts: 5 } },
      ),
  });
  it.publish(0, 'a');
  it.run();
  expect([tries, it.outcomes()]).toEqual([3, ['e-1 mail:# acked']]);
  atRest(it);
});

test.each([1, 2, 5])('never more than %d at once, and as many as that when there is a backlog', (concurrency) => {
  let now = 0;
  let most = 0;
  const it = story({
    mail: (server, life, world) =>
      server.subscribe(
        life,
        '#',
        () => {
          most = Math.max(most, ++now);
          return sleep(world, 50).then(() => now--);
        },
        { concurrency },
      ),
  });
  for (let i = 0; i < 20; i++) it.publish(i, 'a', i);
  it.run();
  expect([most, it.told('bus.settled').length]).toEqual([concurrency, 20]);
  atRest(it);
});

test('a duplicate is handled twice and settled once, also when it comes after the settlement', () => {
  const log: unknown[] = [];
  const it = story(
    { mail: listener(log), crm: listener([], '#', {}, 300) },
    { faults: 'duplicate@mail:1,delay@bus>mail:0-100' },
  );
  it.publish(0, 'a', 1);
  it.publish(200, 'a', 2);
  it.run();
  expect(log).toHaveLength(4);
  expect(it.told('fault.struck').filter(({ kind }) => kind === 'duplicate')).toHaveLength(2);
  expect(it.outcomes()).toHaveLength(4);
  atRest(it);
});

test('a duplicate of an event for nobody does not happen', () => {
  const it = story({ mail: listener([]) }, { faults: 'duplicate:1' });
  it.world.crash('mail', 'input');
  it.publish(0, 'a');
  it.run();
  expect(it.told('fault.struck')).toEqual([]);
});

test('a reordered delivery is overtaken by later ones', () => {
  const log: unknown[] = [];
  const it = story({ mail: listener(log) }, { faults: 'reorder@bus>mail#1' });
  for (let i = 0; i < 3; i++) it.publish(i, 'a', i);
  it.run();
  expect(log.map((each) => (each as unknown[])[1])).toEqual([1, 2, 0]);
  atRest(it);
});

test('a dropped delivery is lost, and the bus knows it', () => {
  const log: unknown[] = [];
  const it = story({ mail: listener(log), crm: listener([]) }, { faults: 'drop@bus>mail#1' });
  it.publish(0, 'a');
  it.run();
  expect(log).toEqual([]);
  expect(it.outcomes()).toEqual(['e-1 mail:# lost', 'e-1 crm:# acked']);
  atRest(it);
});

test('a lost acknowledgement brings the event again', () => {
  const log: unknown[] = [];
  const it = story({ mail: listener(log) }, { faults: 'lose-ack@mail>bus#1' });
  it.publish(0, 'a', 'letter');
  it.run();
  expect(log).toEqual([
    ['e-1', 'letter', 1, false],
    ['e-1', 'letter', 2, true],
  ]);
  expect(it.world.now).toBeGreaterThan(redeliveryDelay);
  expect(it.told('bus.settled')).toHaveLength(1);
  atRest(it);
});

test('a lost acceptance fails the publish, though everybody got the event', () => {
  const log: unknown[] = [];
  const errors: string[] = [];
  const it = story(
    { mail: listener(log), shop: (server) => void server.publish('a', 1).catch((error) => errors.push(String(error))) },
    { faults: 'lose-ack@bus>shop#1' },
  );
  it.run();
  expect(errors).toEqual([`PublishFailed: a (e-1): the bus did not answer within ${publishTimeout} ms`]);
  expect(log).toHaveLength(1);
  atRest(it);
});

test('a connection that is cut fails the publish at once', () => {
  const errors: string[] = [];
  const it = story(
    { shop: (server) => void server.publish('a', 1).catch((error) => errors.push(String(error))) },
    { faults: 'cut@shop>bus#1' },
  );
  it.run(0);
  expect(errors).toEqual(['PublishFailed: a (e-1): the connection to the bus broke']);
});

test.each(['cut@shop>bus#1', 'cut@bus>shop#1', 'drop@shop>bus#1'])(
  'a publish that fails and that nobody looks at is a failure of the node that made it: %s',
  (faults) => {
    const it = story({ mail: listener([]), shop: (server) => void server.publish('a', 1) }, { faults });
    it.run();
    expect(it.told('node.failed')).toMatchObject([
      { node: 'shop', during: 'unhandled', cause: it.told('node.started')[1]!.seq, error: { name: 'PublishFailed' } },
    ]);
  },
);

test('a publisher that died hears nothing of its publish', () => {
  const it = story({ shop: (server) => void server.publish('a', 1) }, { faults: 'drop@shop>bus#1' });
  it.world.clock.after(10, () => it.world.crash('shop', 'input'));
  it.run();
  expect(it.told('node.failed')).toEqual([]);
});

test('a delivery that was in a broken connection comes again', () => {
  const log: unknown[] = [];
  const it = story({ mail: listener(log) }, { faults: 'delay@bus>mail:100#1,cut@bus>mail:200#2' });
  it.publish(0, 'a', 1);
  it.publish(50, 'a', 2);
  it.run();
  expect(log.map((each) => (each as unknown[])[1])).toEqual([1, 2]);
  expect(it.world.now).toBeGreaterThan(redeliveryDelay);
  atRest(it);
});

test('a partition delays, and loses nothing', () => {
  const log: unknown[] = [];
  const it = story({ mail: listener(log) }, { faults: 'partition@mail:0-1000' });
  for (let i = 0; i < 3; i++) it.publish(i, 'a', i);
  it.run();
  expect(log.map((each) => (each as unknown[])[1])).toEqual([0, 1, 2]);
  expect(it.told('bus.delivered')[0]!.time).toBeGreaterThan(1_000);
  atRest(it);
});

test('a slow node takes its time before each event', () => {
  const it = story({ mail: listener([]) }, { faults: 'slow@mail:200' });
  it.publish(0, 'a');
  it.run();
  const [delivered, handled] = [it.told('bus.delivered')[0]!, it.told('bus.handled')[0]!];
  expect(handled.time - delivered.time).toBe(200);
  atRest(it);
});

test('a paused node begins nothing, not even a retry', () => {
  const log: number[] = [];
  const it = story({
    mail: (server, life, world) =>
      server.subscribe(
        life,
        '#',
        () => {
          log.push(world.now);
          throw new Error('busy');
        },
        { retry: { attempts: 2, delay: 100 } },
      ),
  });
  it.publish(0, 'a');
  it.publish(1, 'b');
  it.world.clock.after(50, () => it.world.life('mail')!.pause());
  it.world.clock.after(5_000, () => it.world.life('mail')!.resume());
  it.run();
  expect(log.map((time) => (time < 50 ? 'before' : time >= 5_000 ? 'after' : 'while'))).toEqual([
    'before',
    'after',
    'after',
    'after',
  ]);
  atRest(it);
});

test('who has unsubscribed gets no more, and what it is working on comes to its end', () => {
  const log: unknown[] = [];
  const it = story({
    mail: (server, life, world) => {
      const unsubscribe = server.subscribe(life, '#', (event) => {
        log.push(event);
        unsubscribe();
        unsubscribe();
        return sleep(world, 100);
      });
    },
  });
  for (let i = 0; i < 3; i++) it.publish(i, 'a', i);
  it.run();
  expect(log).toEqual([0]);
  expect(it.told('bus.handled')).toHaveLength(1);
  expect(it.told('bus.unsubscribed')).toHaveLength(1);
  expect(it.server.state.subscriptions.size).toBe(0);
  atRest(it);
});

test('a handler that never settles holds its event, and a backlog behind it, for the next life', () => {
  const log: unknown[] = [];
  let lives = 0;
  const it = story({
    mail: (server, life) => {
      const first = ++lives === 1;
      server.subscribe(life, '#', (event) => {
        log.push(event);
        return first ? new VirtualPromise(() => {}) : undefined;
      });
    },
  });
  for (let i = 0; i < 3; i++) it.publish(i, 'a', i);
  expect(it.run()).toBe('rest');
  expect(log).toEqual([0]);
  expect([...it.server.state.subscriptions.get('mail:#')!.unsettled]).toEqual([
    ['e-1', 1],
    ['e-2', 0],
    ['e-3', 0],
  ]);
  it.world.crash('mail', 'input');
  it.world.start('mail');
  it.run();
  expect(log).toEqual([0, 0, 1, 2]);
  atRest(it);
});

test('wrong arguments are refused at once, with a sentence', () => {
  const { server, world } = story({ mail: () => {} });
  const life = world.life('mail')!;
  const subscribe = (pattern: unknown, handler: unknown, options?: unknown) => () =>
    server.subscribe(life, pattern as string, handler as () => void, options as SubscribeOptions);
  expect(subscribe('', () => {})).toThrow('the pattern must be a string, such as "order.*"');
  expect(subscribe('a', 'handler')).toThrow('the handler of "a" must be a function, not string');
  for (const concurrency of [0, 1.5, Infinity, NaN, '2'])
    expect(subscribe('a', () => {}, { concurrency })).toThrow(
      `concurrency must be a whole number from 1 on, not ${concurrency}`,
    );
  expect(subscribe('a', () => {}, { retry: { attempts: 0 } })).toThrow('retry.attempts must be a whole number');
  expect(() => server.publish('', {})).toThrow('the event type must be a string');
  expect(() => server.publish('a', { f: () => {} })).toThrow('data.f is a function');
  expect(world.journal.entries.map(({ type }) => type)).toEqual(['node.started']);
});

/** A program of the property: what happens at which time, under which faults. Nothing is dropped: every event must find its end. */
const deed = fc.record({
  time: fc.nat(3_000),
  do: fc.oneof(
    { weight: 6, arbitrary: fc.record({ publish: fc.constantFrom('order.created', 'order.paid', 'user.created') }) },
    { weight: 1, arbitrary: fc.record({ crash: fc.constantFrom('mail', 'crm') }) },
    { weight: 1, arbitrary: fc.record({ restart: fc.constantFrom('mail', 'crm') }) },
    { weight: 1, arbitrary: fc.record({ pause: fc.constantFrom('mail', 'crm') }) },
    { weight: 2, arbitrary: fc.record({ resume: fc.constantFrom('mail', 'crm') }) },
  ),
});
const faults = fc
  .subarray([
    'duplicate:0.3',
    'reorder:0.3',
    'delay:0-300',
    'cut@bus>mail#3',
    'cut@crm>bus#2',
    'lose-ack:0.3',
    'crash:0.1',
    'crash@mail:after-ack#2',
    'crash@crm:before-handling#3',
    'slow@crm:10-400',
    'partition@mail:500-1500',
  ])
  .map((each) => each.join(','));

/** What each program is played in: handlers that wait, fail, retry, work at the same time, and publish in turn. */
const services: Record<string, Service> = {
  mail: (server, life, world) => {
    server.subscribe(life, 'order.*', () =>
      sleep(world, 20)
        .then(() => server.publish('mail.sent', null))
        .catch(() => {}),
    );
    server.subscribe(
      life,
      '#.created',
      (_, { attempt }) => {
        if (attempt === 1) throw new Error('busy');
      },
      { retry: { attempts: 3, delay: 50 }, concurrency: 3 },
    );
  },
  crm: (server, life, world) => {
    server.subscribe(life, '#', () => sleep(world, 5), { concurrency: 2 });
  },
};

test('whatever happens, every routed event is settled once, and the journal says all of it, twice the same', () => {
  const play = (seed: number, plan: string, deeds: readonly { time: number; do: object }[]) => {
    const it = story(services, { seed, faults: plan });
    const { world } = it;
    for (const { time, do: what } of deeds)
      world.clock.after(time, () =>
        within({ owner: undefined, cause: undefined }, () => {
          if ('publish' in what) void it.server.publish(what.publish as string, { time }).catch(() => {});
          if ('crash' in what) world.crash(what.crash as string, 'input');
          if ('restart' in what) world.start(what.restart as string);
          if ('pause' in what) world.life(what.pause as string)?.pause();
          if ('resume' in what) world.life(what.resume as string)?.resume();
        }),
      );
    expect(it.run(1_000_000)).toBe('rest');
    for (const name of Object.keys(services)) {
      world.life(name)?.resume();
      world.start(name);
    }
    expect(it.run(2_000_000)).toBe('rest');
    return it;
  };
  fc.assert(
    fc.property(fc.nat(), faults, fc.array(deed, { maxLength: 40 }), (seed, plan, deeds) => {
      const it = play(seed, plan, deeds);
      atRest(it);
      const settlements = it.outcomes().map((line) => line.slice(0, line.lastIndexOf(' ')));
      const routed = it.told('bus.routed').flatMap(({ id, to }) => to.map((subscription) => `${id} ${subscription}`));
      expect(settlements.sort(byText)).toEqual(routed.sort(byText));
      const journal = JSON.stringify(it.world.journal.entries);
      expect(journal).not.toMatch(/:(-0|NaN)[,}]/);
      expect(JSON.parse(journal)).toEqual(it.world.journal.entries);
      expect(JSON.stringify(play(seed, plan, deeds).world.journal.entries)).toBe(journal);
    }),
  );
});

/** A slow subscriber with four events: the first is being handled at 50, the others wait in its line. */
function line(options?: SubscribeOptions) {
  const log: unknown[] = [];
  const it = story({ mail: listener(log, '#', options, 100) });
  for (const type of ['a', 'b', 'c', 'd']) it.publish(10, type);
  it.run(50);
  const rest = () => (it.run(), log.map((each) => (each as unknown[])[0]));
  return { ...it, rest };
}

test('by hand an event is put first in line, back, out of it, and into it again', () => {
  const first = line();
  first.server.strike({ do: 'deliver', id: 'e-4', place: 'mail:#' });
  expect(first.rest()).toEqual(['e-1', 'e-4', 'e-2', 'e-3']);

  const later = line();
  later.server.strike({ do: 'delay', id: 'e-2', place: 'mail:#', by: 1_000 });
  expect(later.rest()).toEqual(['e-1', 'e-3', 'e-4', 'e-2']);

  const lost = line();
  lost.server.strike({ do: 'drop', id: 'e-2', place: 'mail:#' });
  expect(lost.rest()).toEqual(['e-1', 'e-3', 'e-4']);
  expect(lost.outcomes()).toContain('e-2 mail:# lost');
  expect(lost.told('fault.struck')).toMatchObject([{ node: 'bus', kind: 'drop', place: 'mail:#', id: 'e-2' }]);

  const twice = line();
  twice.server.strike({ do: 'duplicate', id: 'e-2', place: 'mail:#' });
  expect(twice.rest()).toEqual(['e-1', 'e-2', 'e-3', 'e-4', 'e-2']);
  for (const it of [first, later, lost, twice]) atRest(it);
});

test('what is being handled, or is gone, cannot be struck any more', () => {
  const it = line();
  it.server.strike({ do: 'drop', id: 'e-1', place: 'mail:#' });
  it.server.strike({ do: 'delay', id: 'e-9', place: 'mail:#', by: 10 });
  it.server.strike({ do: 'drop', id: 'e-2', place: 'nobody:#' });
  expect(it.rest()).toEqual(['e-1', 'e-2', 'e-3', 'e-4']);
  expect(it.told('fault.struck')).toEqual([]);
});

test('an event that waits for a crashed subscriber can be lost by hand', () => {
  const it = line();
  it.world.crash('mail', 'input');
  it.server.strike({ do: 'drop', id: 'e-2', place: 'mail:#' });
  it.world.start('mail');
  expect(it.rest()).toEqual(['e-1', 'e-1', 'e-3', 'e-4']);
  atRest(it);
});

test('a slowed node begins each handler so much later, through a restart, until it is quick again', () => {
  const it = story({ mail: listener([]) });
  it.world.slow('mail', 200);
  const took = (at: number) => {
    it.publish(at, 'x');
    it.run();
    const [delivered, handled] = [it.told('bus.delivered').at(-1)!, it.told('bus.handled').at(-1)!];
    return handled.time - delivered.time;
  };
  expect(took(10)).toBe(200);
  it.world.crash('mail', 'input');
  it.world.start('mail');
  expect(took(10)).toBe(200);
  it.world.slow('mail', 0);
  expect(took(10)).toBe(0);
});

test('a paused node says so, and so does one that goes on', () => {
  const it = story({ mail: listener([]) });
  it.world.pause('mail');
  it.world.pause('mail');
  it.publish(10, 'x');
  it.run();
  expect(it.told('bus.delivered')).toEqual([]);
  it.world.resume('mail');
  it.world.resume('mail');
  it.run();
  expect(it.told('bus.delivered')).toHaveLength(1);
  expect(it.told('fault.struck').map(({ kind, place }) => `${kind}@${place}`)).toEqual(['pause@mail', 'resume@mail']);
});
