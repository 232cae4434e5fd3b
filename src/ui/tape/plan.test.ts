import { expect, test } from 'vitest';
import { faultsOf, toggled, withFault } from './plan.ts';

test('a plan is read fault by fault', () => {
  expect(faultsOf(' duplicate@bus:0.1, crash@payment-service:before-ack#2 ')).toEqual([
    { text: 'duplicate@bus:0.1', kind: 'duplicate', place: 'bus' },
    { text: 'crash@payment-service:before-ack#2', kind: 'crash', place: 'payment-service' },
  ]);
  expect(faultsOf('')).toEqual([]);
});

test('a kind is switched on and off, and leaves the others as they are written', () => {
  expect(toggled('delay:5-10', 'duplicate')).toBe('delay:5-10,duplicate');
  expect(toggled('delay:5-10,duplicate@bus:0.3', 'duplicate')).toBe('delay:5-10');
});

test('another crash takes the place of the one before', () => {
  expect(withFault('crash@a,delay', 'crash', 'crash@b')).toBe('delay,crash@b');
  expect(withFault('crash@a,delay', 'crash', '')).toBe('delay');
});
