import { expect, test } from 'vitest';
import type { Entry } from '../../kernel/journal.ts';
import { project } from '../../kernel/projection.ts';
import { bus, busFactTypes, type BusFact } from './state.ts';

// Lessons, views, saved runs and shared links read facts by these names: a change breaks them, an addition does not.
test('the facts of the bus are called', () => {
  expect(busFactTypes).toEqual([
    'bus.subscribed',
    'bus.unsubscribed',
    'bus.published',
    'bus.routed',
    'bus.delivered',
    'bus.handled',
    'bus.settled',
  ]);
});

const entries = (...facts: BusFact[]): Entry<BusFact>[] =>
  facts.map((fact, seq) => ({ seq, time: seq, node: 'mail', ...fact }));
const subscription = (pattern: string) => `mail:${pattern}`;
const subscribed = (pattern: string): BusFact => ({
  type: 'bus.subscribed',
  subscription: subscription(pattern),
  pattern,
  concurrency: 1,
});
const published: BusFact = { type: 'bus.published', id: 'e-1', event: 'a', data: null };
const routed = (...patterns: string[]): BusFact => ({ type: 'bus.routed', id: 'e-1', to: patterns.map(subscription) });
const delivered = (pattern: string, attempt = 1): BusFact => ({
  type: 'bus.delivered',
  id: 'e-1',
  subscription: subscription(pattern),
  attempt,
  redelivered: false,
  sent: 0,
  arrived: 0,
});
const settled = (pattern: string): BusFact => ({
  type: 'bus.settled',
  id: 'e-1',
  subscription: subscription(pattern),
  outcome: 'acked',
});
const after = (...facts: BusFact[]) => {
  const state = project(bus, entries(...facts));
  const unsettled = [...state.subscriptions.values()].map((each) => [each.pattern, ...each.unsettled.entries()]);
  return { unsettled, events: [...state.events.keys()] };
};

test('an event is kept until the last of its subscriptions has settled it', () => {
  const begin = [subscribed('a'), subscribed('#'), published, routed('a', '#')];
  expect(after(...begin)).toEqual({
    unsettled: [
      ['a', ['e-1', 0]],
      ['#', ['e-1', 0]],
    ],
    events: ['e-1'],
  });
  expect(after(...begin, delivered('a', 3), settled('a'))).toEqual({
    unsettled: [['a'], ['#', ['e-1', 0]]],
    events: ['e-1'],
  });
  expect(after(...begin, settled('a'), settled('#'))).toEqual({ unsettled: [['a'], ['#']], events: [] });
});

test('an event that nobody wants is forgotten as soon as that is known', () => {
  expect(after(published).events).toEqual(['e-1']);
  expect(after(published, routed()).events).toEqual([]);
});

test('a copy that comes after the settlement opens nothing again', () => {
  const once = [subscribed('a'), subscribed('#'), published, routed('a', '#'), delivered('a'), settled('a')];
  expect(after(...once, delivered('a'))).toEqual(after(...once));
});

test('who unsubscribes owes nothing any more', () => {
  const gone: BusFact = { type: 'bus.unsubscribed', subscription: subscription('a') };
  expect(after(subscribed('a'), published, routed('a'), gone)).toEqual({ unsettled: [], events: [] });
  expect(after(subscribed('a'), published, routed('a'), gone, delivered('a'), settled('a')).events).toEqual([]);
});

test('who subscribes again finds what he left', () => {
  const before = [subscribed('a'), published, routed('a'), delivered('a')];
  expect(after(...before, subscribed('a'))).toEqual(after(...before));
});
