import { expect, test } from 'vitest';
import { rabbitFactTypes } from './state.ts';

// Lessons, views and saved runs read facts by these names: a change breaks them, an addition does not.
test('the facts of RabbitMQ are called', () => {
  expect(rabbitFactTypes).toEqual([
    'rabbit.connected',
    'rabbit.disconnected',
    'rabbit.channelOpened',
    'rabbit.channelClosed',
    'rabbit.exchangeDeclared',
    'rabbit.exchangeDeleted',
    'rabbit.queueDeclared',
    'rabbit.queueDeleted',
    'rabbit.bound',
    'rabbit.unbound',
    'rabbit.prefetched',
    'rabbit.consuming',
    'rabbit.cancelled',
    'rabbit.published',
    'rabbit.returned',
    'rabbit.confirmed',
    'rabbit.delivered',
    'rabbit.acked',
    'rabbit.requeued',
    'rabbit.deadLettered',
    'rabbit.dropped',
    'rabbit.restarted',
  ]);
});
