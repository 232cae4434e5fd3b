import { expect, test } from 'vitest';
import type { BudgetName } from './facts.ts';
import { budgets, BudgetExceeded, Guard } from './guard.ts';

function guarded() {
  const exceeded: [BudgetName, object][] = [];
  const guard = new Guard((budget, at) => {
    exceeded.push([budget, at]);
    guard.halt();
  });
  return { guard, probe: guard.probe('orders.ts'), exceeded };
}

test('a loop ends at its budget, with its place, every time at the same turn', () => {
  for (let i = 0; i < 2; i++) {
    const { probe, exceeded } = guarded();
    let turns = 0;
    expect(() => {
      for (;;) {
        probe.turn(7, 3);
        turns++;
      }
    }).toThrow(BudgetExceeded);
    expect(turns).toBe(budgets.loop);
    expect(exceeded).toEqual([['loop', { file: 'orders.ts', line: 7, column: 3 }]]);
  }
});

test('whoever catches that meets it again', () => {
  const { probe, exceeded } = guarded();
  const loop = () => {
    for (;;) probe.turn(1, 1);
  };
  expect(loop).toThrow(BudgetExceeded);
  expect(loop).toThrow(BudgetExceeded);
  expect(() => probe.enter(2, 1)).toThrow(BudgetExceeded);
  expect(exceeded).toHaveLength(1);
});

test('each step has the whole budget', () => {
  const { guard, probe } = guarded();
  for (let step = 0; step < 3; step++) {
    guard.reset();
    for (let i = 0; i < budgets.loop; i++) probe.turn(1, 1);
  }
  expect(() => probe.turn(1, 1)).toThrow(BudgetExceeded);
});

test('recursion ends at one depth in every engine, with the engines’ own error', () => {
  const { probe } = guarded();
  let deepest = 0;
  const recurse = (depth: number): void => {
    try {
      probe.enter(1, 1);
      deepest = depth;
      recurse(depth + 1);
    } finally {
      probe.leave();
    }
  };
  for (let i = 0; i < 3; i++) {
    expect(() => recurse(1)).toThrow(new RangeError('Maximum call stack size exceeded'));
    expect(deepest).toBe(budgets.depth);
  }
});

test('knows the last call that learner code made in this step', () => {
  const { guard, probe } = guarded();
  expect(guard.here).toBeUndefined();
  expect(probe.at('argument', 4, 9)).toBe('argument');
  expect(guard.here).toEqual({ file: 'orders.ts', line: 4, column: 9 });
  guard.reset();
  expect(guard.here).toBeUndefined();
});
