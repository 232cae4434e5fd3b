import { expect, test } from 'vitest';
import { orderRun } from './fixture.ts';
import { causes, lifeOf, placeOf } from './life.ts';

const entries = orderRun(5);

test('a life is told from publication to the last settlement', () => {
  const life = lifeOf(entries, 'e-4')!;
  expect(life).toMatchObject({ event: 'order.created', source: 'order-service', at: { line: 7 } });
  expect(life.ways.map((way) => [way.node, way.attempts.length, way.outcome])).toEqual([
    ['inventory-service', 1, 'acked'],
    ['payment-service', 1, 'acked'],
    ['mail-service', 2, 'acked'],
  ]);
  expect(life.faults.map((fault) => fault.type)).toEqual(['fault.struck']);
  expect(life.children.map((child) => child.type)).toEqual(Array(4).fill('world.effected'));
});

test('a handler that threw leaves its error in the attempt', () => {
  const way = lifeOf(entries, 'e-5')!.ways.find(({ node }) => node === 'payment-service')!;
  expect(way.attempts[0]).toMatchObject({ attempt: 1, error: { message: 'card declined' } });
});

test('earlier in the run less is known', () => {
  const birth = entries.findIndex((entry) => entry.type === 'bus.published' && entry.id === 'e-4');
  expect(lifeOf(entries, 'e-4', birth)).toBeUndefined();
  expect(lifeOf(entries, 'e-4', birth + 1)).toMatchObject({ ways: [], children: [] });
});

test('an effect leads back over delivery and publication to the line of code', () => {
  const effect = entries.find((entry) => entry.type === 'world.effected')!;
  expect(causes(entries, effect).map((entry) => entry.type)).toEqual([
    'bus.delivered',
    'bus.routed',
    'bus.published',
    'store.appended',
  ]);
  expect(placeOf(entries, effect)).toMatchObject({ file: 'order-service.ts', line: 7 });
});

test('a cause that points forward or at itself ends the chain', () => {
  const [first] = entries;
  expect(causes(entries, { ...first!, cause: 0 })).toEqual([]);
});
