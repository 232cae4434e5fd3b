import { expect, test } from 'vitest';
import type { KernelFact } from '../kernel/facts.ts';
import { facts, worldOf } from '../kernel/world.testing.ts';
import { outerWorld, type OuterWorld } from './outer.ts';

/** A service that does something to the outer world when it starts; what it hears is logged. */
function story(deeds: (outer: OuterWorld, hear: (answer: unknown) => void) => void) {
  const heard: unknown[] = [];
  const world = worldOf<KernelFact>({ shop: () => deeds(outer, (answer) => heard.push(answer)) });
  const outer = outerWorld(world as never);
  world.startAll();
  return { world, heard, effects: () => facts(world.journal.entries, 'world') };
}

test('what is done to the outer world is an effect on the ledger, because of what its service did', () => {
  const { world, heard, effects } = story(({ mailer }, hear) => {
    mailer['send']!({ to: 'anna@example.org', orderId: 'A' }).then(hear);
  });
  expect(world.run(Infinity)).toBe('rest');
  const data = { to: 'anna@example.org', orderId: 'A' };
  expect(effects()).toEqual([{ node: 'shop', type: 'world.effected', kind: 'mailer.send', key: 'A', data }]);
  expect(world.journal.entries[1]).toMatchObject({ cause: 0 });
  expect(heard).toEqual([{ id: 'mailer.send-1' }]);
});

test('a crash does not take it back', () => {
  const { world, heard, effects } = story(
    ({ payments }, hear) => void payments['charge']!({ orderId: 'A' }).then(hear),
  );
  world.crash('shop', 'input');
  world.run(Infinity);
  expect(effects()).toHaveLength(1);
  expect(heard).toEqual([]);
});

test('the same with the same key is done once, and answered as the first time', () => {
  const { world, heard, effects } = story(({ payments }, hear) => {
    for (let i = 0; i < 2; i++) void payments['charge']!({ idempotencyKey: 'k', amount: 5 }).then(hear);
  });
  world.run(Infinity);
  expect(effects()).toMatchObject([{ key: 'k' }]);
  expect(heard).toEqual([{ id: 'payments.charge-1' }, { id: 'payments.charge-1' }]);
});

test('a key that is used for something else is refused, and that is a failure of the service', () => {
  const { world, effects } = story(({ payments }) => {
    void payments['charge']!({ idempotencyKey: 'k', amount: 5 });
    void payments['charge']!({ idempotencyKey: 'k', amount: 6 });
  });
  world.run(Infinity);
  expect(effects()).toHaveLength(1);
  expect(world.journal.entries.at(-1)).toMatchObject({
    node: 'shop',
    type: 'node.failed',
    during: 'unhandled',
    error: { name: 'IdempotencyKeyReused' },
  });
});

test('details that are no object are refused at once', () => {
  const { world } = story(({ mailer }) => void mailer['send']!('anna'));
  world.run(Infinity);
  expect(world.journal.entries.at(-1)).toMatchObject({
    type: 'node.failed',
    during: 'load',
    error: { message: 'mailer.send: the details must be an object, not string' },
  });
});
