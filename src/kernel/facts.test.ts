import { expect, test } from 'vitest';
import { kernelFactTypes } from './facts.ts';
import { anomalies } from './verdict.ts';

// Lessons, views, saved runs and shared links read facts by these names: a change breaks them, an addition does not.
test('the facts of the kernel are called', () => {
  expect(kernelFactTypes).toEqual([
    'node.started',
    'node.crashed',
    'node.restarted',
    'node.failed',
    'call.sent',
    'call.answered',
    'call.failed',
    'fault.struck',
    'console.logged',
    'world.effected',
  ]);
});

test('the ways to be wrong are called', () => {
  expect(anomalies).toEqual([
    'lost',
    'duplicate-effect',
    'phantom',
    'reordered',
    'early-ack',
    'unbounded',
    'stuck',
    'slow',
    'stale',
    'drifted',
    'effect-on-replay',
    'broken-invariant',
    'broken-chain',
    'mutated-event',
    'off-contract',
    'uncaused',
  ]);
});
