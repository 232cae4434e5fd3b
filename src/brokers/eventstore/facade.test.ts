import { expect, test } from 'vitest';
import type { RecordedEvent } from './facade.ts';
import { play } from './story.testing.ts';

test('what is read back is what the article’s applyEvent expects: type and fields side by side', () => {
  expect.hasAssertions();
  play({
    *bank({ eventStore }) {
      yield eventStore.save({ type: 'account.created', accountId: 'A', initialBalance: 100 });
      yield eventStore.save({ type: 'money.deposited', accountId: 'A', amount: 50, timestamp: new Date(0) });
      const events = (yield eventStore.read('account-A')) as RecordedEvent[];
      let balance = 0;
      for (const event of events) {
        if (event.type === 'account.created') balance = event['initialBalance'] as number;
        if (event.type === 'money.deposited') balance += event['amount'] as number;
      }
      expect(balance).toBe(150);
      expect(events[1]).toEqual({
        type: 'money.deposited',
        accountId: 'A',
        amount: 50,
        timestamp: '1970-01-01T00:00:00.000Z',
      });
    },
  });
});

test('what the store knows about an event stays behind when the event is copied', () => {
  expect.hasAssertions();
  play({
    *bank({ eventStore }) {
      yield eventStore.append('account-A', { type: 'money.deposited', amount: 50 });
      const [event] = (yield eventStore.read('account-A')) as RecordedEvent[];
      expect(event!.$).toMatchObject({
        stream: 'account-A',
        revision: 0,
        position: 0,
        created: '2026-01-01T00:00:00.000Z',
      });
      expect({ ...event }).toEqual({ type: 'money.deposited', amount: 50 });
      expect(JSON.stringify(event)).toBe('{"type":"money.deposited","amount":50}');
      expect(() => Object.assign(event!, { amount: 0 })).toThrow(TypeError);
    },
  });
});

test('an event that is saved twice with the same eventId is stored once', () => {
  const { store } = play({
    *bank({ eventStore }) {
      const event = { type: 'money.deposited', eventId: 'e-1', accountId: 'A', amount: 50 };
      const first: unknown = yield eventStore.save(event);
      expect(yield eventStore.save(event)).toEqual(first);
    },
  });
  expect(store.state.all).toHaveLength(1);
});

test('two readers who ask at the same time see the same past: what each then writes, the other has not seen', () => {
  const refused: unknown[] = [];
  const withdraw = function* ({ eventStore }: Parameters<Parameters<typeof play>[0][string]>[0]) {
    const past = (yield eventStore.read('account-A')) as RecordedEvent[];
    try {
      yield eventStore.append(
        'account-A',
        { type: 'money.withdrawn', amount: 80 },
        { expectedRevision: past.length - 1 },
      );
    } catch (error) {
      refused.push(error);
    }
  };
  const opened = { id: 'e-0', stream: 'account-A', revision: 0, position: 0, created: '2026-01-01T00:00:00.000Z' };
  play({ ann: withdraw, ben: withdraw }, { stored: [{ ...opened, type: 'account.created', data: {} }] });
  expect(refused).toMatchObject([{ name: 'WrongExpectedVersion', stream: 'account-A', expected: 0, actual: 1 }]);
});

test('events of the store itself are not shown, and their names cannot be taken', () => {
  const seen: string[] = [];
  play({
    *bank({ eventStore, store }) {
      eventStore.subscribe({}, (event) => seen.push(event.type));
      yield eventStore.save({ type: 'account.created', accountId: 'A' });
      yield eventStore.setMetadata('account-A', { $maxCount: 10 });
      yield eventStore.saveSnapshot('account-A', { revision: 0, state: { balance: 0 } });
      expect(yield eventStore.readAll()).toHaveLength(1);
      expect([store.eventsAfter(-1), store.eventsAfter(0)]).toEqual([1, 0]);
      expect(yield eventStore.metadata('account-A')).toEqual({ $maxCount: 10 });
      expect(yield eventStore.loadSnapshot('account-A')).toEqual({ revision: 0, state: { balance: 0 } });
      expect(() => eventStore.append('$$account-A', { type: 'mine' })).toThrow('belong to the store itself');
      expect(() => eventStore.save({ type: '$metadata' })).toThrow('belong to the store itself');
    },
  });
  expect(seen).toEqual(['account.created']);
});

test.each([
  [undefined, 'an event must be an object'],
  ['money.deposited', 'was given no events'],
  [{ accountId: 'A' }, 'the event has no type'],
  [{ type: 'money.deposited', apply: () => 0 }, 'events[0].data.apply is a function'],
])('append(%j) is refused at once with a sentence', (event, sentence) => {
  expect.hasAssertions();
  play({
    *bank({ eventStore }) {
      expect(() => eventStore.append(event as never)).toThrow(sentence);
      yield undefined;
    },
  });
});
