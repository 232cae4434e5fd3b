import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Ready, type Copy } from './ready.ts';

const copy = (position: number, priority: number): Copy => ({
  id: `m-${position}`,
  position,
  priority,
  expires: undefined,
  redelivered: false,
  returns: 0,
});

test('whatever comes, goes and comes back, the head is the first of the highest priority', () => {
  const steps = fc.array(fc.oneof(fc.nat(4), fc.constantFrom('take', 'back')), { maxLength: 200 });
  fc.assert(
    fc.property(steps, (deeds) => {
      const ready = new Ready();
      const expected: Copy[] = [];
      const taken: Copy[] = [];
      let next = 0;
      for (const deed of deeds) {
        const arriving = deed === 'back' ? taken.shift() : deed === 'take' ? undefined : copy(next++, deed);
        if (arriving) {
          ready.add(arriving);
          expected.push(arriving);
          expected.sort((a, b) => b.priority - a.priority || a.position - b.position);
        } else if (deed === 'take') {
          const head = ready.shift();
          expect(head).toBe(expected.shift());
          if (head) taken.push(head);
        }
        expect([ready.size, ready.head, [...ready]]).toEqual([expected.length, expected[0], expected]);
      }
    }),
  );
});

test('a long queue is taken from its head without moving the rest', () => {
  const ready = new Ready();
  for (let i = 0; i < 10_000; i++) ready.add(copy(i, 0));
  for (let i = 0; i < 10_000; i++) expect(ready.shift()!.position).toBe(i);
  expect([ready.size, ready.head]).toEqual([0, undefined]);
});
