import { describe, expect, it } from 'vitest';
import { scenario } from './scenario.ts';

const still = () => 0;

describe('a scenario', () => {
  it('is a list of commands in the order of their times', () => {
    const plan = scenario((world) => {
      world.at(300).crash('orders').publish('lights.out', { floor: 2 });
      world.at(100).call('orders', 'create', { amount: 5 }, 'now');
    })(still);
    expect(plan.commands).toEqual([
      { time: 100, do: 'call', service: 'orders', method: 'create', args: [{ amount: 5 }, 'now'] },
      { time: 300, do: 'crash', node: 'orders' },
      { time: 300, do: 'publish', event: 'lights.out', data: { floor: 2 } },
    ]);
    expect(plan.asleep).toEqual(new Set());
  });

  it('keeps a node asleep that it starts itself or leaves out', () => {
    const { asleep } = scenario((world) => {
      world.at(500).start('late');
      world.without('absent');
    })(still);
    expect(asleep).toEqual(new Set(['late', 'absent']));
  });

  it('draws from the run and knows which compared run it is', () => {
    const build = scenario((world) => void world.at(world.random() * 100).call(world.variant ?? 'ordinary', 'go'));
    expect(build(() => 0.5).commands).toMatchObject([{ time: 50, service: 'ordinary' }]);
    expect(build(() => 0.25, 'alone').commands).toMatchObject([{ time: 25, service: 'alone' }]);
  });

  it.each([-1, Number.NaN, Infinity])('refuses the time %d', (time) => {
    const build = scenario((world) => void world.at(time).crash('orders'));
    expect(() => build(still)).toThrow(`at(${time}): a time is a number of milliseconds from 0 on`);
  });
});
