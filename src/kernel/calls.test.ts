import { expect, test } from 'vitest';
import { Calls, callTimeout } from './calls.ts';
import type { KernelFact } from './facts.ts';
import type { Life } from './node.ts';
import { facts, sleep, worldOf, type Load } from './world.testing.ts';

/** A world of `mail`, which calls `users` when its file is evaluated and logs what comes of it. */
function calling(users: Load<KernelFact> | undefined, method: string, args: unknown[] = [], faults = '') {
  const log: unknown[] = [];
  const world = worldOf<KernelFact>(
    {
      ...(users ? { users } : {}),
      mail: () =>
        void calls.call('users', method, args).then(
          (value) => log.push(value),
          (error) => log.push(`${(error as Error).name}: ${(error as Error).message}`),
        ),
    },
    { faults },
  );
  const calls = new Calls(world as never);
  world.startAll();
  return { world, calls, log, told: () => facts(world.journal.entries, 'call') };
}

test('a call is answered with what the method returns', () => {
  const { world, log, told } = calling(() => ({ find: (id: string) => ({ id, name: 'Anna' }) }), 'find', ['u1']);
  expect(world.run(Infinity)).toBe('rest');
  expect(log).toEqual([{ id: 'u1', name: 'Anna' }]);
  expect(told()).toEqual([
    { node: 'mail', type: 'call.sent', id: 'call-1', to: 'users', method: 'find', args: ['u1'] },
    { node: 'users', type: 'call.answered', id: 'call-1', value: { id: 'u1', name: 'Anna' } },
  ]);
  expect(world.now).toBeLessThanOrEqual(10);
});

test('the answer can take its time, and a service that is still being evaluated is waited for', () => {
  const { world, log } = calling(
    (_, w) => sleep(w as never, 100).then(() => ({ find: () => sleep(w as never, 200).then(() => 'Anna') })),
    'find',
  );
  world.run(Infinity);
  expect(log).toEqual(['Anna']);
  expect(world.now).toBeGreaterThanOrEqual(300);
});

test('what crosses is a JSON copy, both ways', () => {
  const kept: unknown[] = [];
  const sent = { at: new Date(0), nothing: undefined, list: [1] };
  const { world, log } = calling(
    () => ({ find: (query: { list: number[] }) => (kept.push(query), { query, when: new Date(1) }) }),
    'find',
    [sent],
  );
  sent.list.push(2);
  world.run(Infinity);
  expect(kept).toEqual([{ at: '1970-01-01T00:00:00.000Z', list: [1] }]);
  expect(Object.isFrozen(kept[0])).toBe(true);
  expect(log).toEqual([{ query: kept[0], when: '1970-01-01T00:00:00.001Z' }]);
});

test('a method that returns nothing answers with nothing', () => {
  const { world, log, told } = calling(() => ({ ping: () => {} }), 'ping');
  world.run(Infinity);
  expect(log).toEqual([undefined]);
  expect(told()[1]).toEqual({ node: 'users', type: 'call.answered', id: 'call-1' });
});

test.each<[string, Load<KernelFact> | undefined, string, string]>([
  [
    'that throws',
    () => ({
      find: () => {
        throw new RangeError('no such user');
      },
    }),
    'find',
    'RangeError: no such user',
  ],
  [
    'that does not exist',
    () => ({}),
    'find',
    'UnknownMethod: users has no method find: export a function or a class that has it',
  ],
  [
    'that answers with a function',
    () => ({ find: () => () => {} }),
    'find',
    'NotPlain: the answer is a function: events carry plain data',
  ],
  [
    'of a file that could not be evaluated',
    () => {
      throw new TypeError('broken');
    },
    'find',
    'TypeError: broken',
  ],
  ['of a service that is not there', undefined, 'find', 'ServiceUnavailable: users is not running'],
])('a method %s fails the call, and the caller hears the reason', (_, users, method, reason) => {
  const { world, log, told } = calling(users, method);
  world.run(Infinity);
  expect(log).toEqual([reason]);
  expect(told().at(-1)).toMatchObject({ node: 'mail', type: 'call.failed', id: 'call-1' });
});

test('a service that crashes before it answers fails the call', () => {
  const { world, log } = calling((_, w) => ({ find: () => sleep(w as never, 100) }), 'find');
  world.clock.after(50, () => world.crash('users', 'input'));
  world.run(Infinity);
  expect(log).toEqual(['ServiceUnavailable: users crashed before it answered']);
});

test('a connection that breaks under way fails the call, and nobody knows whether it was done', () => {
  let done = 0;
  const { world, log } = calling(() => ({ charge: () => void done++ }), 'charge', [], 'cut@users>mail#1');
  world.run(Infinity);
  expect(log).toEqual(['ServiceUnavailable: the connection to users broke']);
  expect(done).toBe(1);
});

test('an answer that does not come in time fails the call; a late one changes nothing', () => {
  const { world, log, told } = calling(
    (_, w) => ({ find: () => sleep(w as never, callTimeout + 1).then(() => 'late') }),
    'find',
  );
  world.run(Infinity);
  expect(log).toEqual([`CallTimeout: users did not answer find within ${callTimeout} ms`]);
  expect(told().map((fact) => (fact as { type: string }).type)).toEqual(['call.sent', 'call.failed', 'call.answered']);
});

test('a dropped request is a timeout', () => {
  const { world, log } = calling(() => ({ find: () => 'Anna' }), 'find', [], 'drop@mail>users#1');
  world.run(Infinity);
  expect(log).toEqual([`CallTimeout: users did not answer find within ${callTimeout} ms`]);
  expect(world.now).toBe(callTimeout);
});

test('a caller that died is told nothing, and no fact says otherwise', () => {
  const { world, log, told } = calling(
    (_, w) => ({ find: () => sleep(w as never, 100) }),
    'find',
    [],
    'drop@users>mail',
  );
  world.clock.after(50, () => world.crash('mail', 'input'));
  world.run(Infinity);
  expect(log).toEqual([]);
  expect(told().map((fact) => (fact as { type: string }).type)).toEqual(['call.sent', 'call.answered']);
});

test('a paused service answers when it is resumed', () => {
  const { world, log } = calling(() => ({ find: () => 'Anna' }), 'find');
  world.life('users')!.pause();
  world.clock.after(1_000, () => world.life('users')!.resume());
  world.run(Infinity);
  expect(log).toEqual(['Anna']);
  expect(world.now).toBeGreaterThan(1_000);
});

test('a command of the scenario is there at once and comes from the world', () => {
  const world = worldOf<KernelFact>({ users: () => ({ find: () => 'Anna' }) });
  const calls = new Calls(world as never);
  world.startAll();
  calls.command('users', 'find', ['u2']);
  calls.command('nobody', 'find', []);
  world.run(0);
  const error = { name: 'ServiceUnavailable', message: 'nobody is not running' };
  expect(facts(world.journal.entries, 'call')).toEqual([
    { node: 'world', type: 'call.sent', id: 'call-1', to: 'users', method: 'find', args: ['u2'] },
    { node: 'world', type: 'call.sent', id: 'call-2', to: 'nobody', method: 'find', args: [] },
    { node: 'world', type: 'call.failed', id: 'call-2', error },
    { node: 'users', type: 'call.answered', id: 'call-1', value: 'Anna' },
  ]);
});

test('the method runs as its service, because of the call', () => {
  const { world } = calling((life: Life, w) => ({ find: () => void w.record(life.node, logged) }), 'find');
  const logged = { type: 'console.logged', level: 'log', text: 'asked' } as const;
  world.run(Infinity);
  const sent = world.journal.entries.find(({ type }) => type === 'call.sent')!;
  expect(world.journal.entries.find(({ type }) => type === 'console.logged')).toMatchObject({
    node: 'users',
    cause: sent.seq,
  });
});

test('what cannot travel is refused at once', () => {
  const { calls } = calling(undefined, 'find');
  expect(() => calls.call('users', 'find', [() => {}])).toThrow('args[0] is a function');
});
