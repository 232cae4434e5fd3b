import { expect, test } from 'vitest';
import { project } from '../kernel/projection.ts';
import { orderRun } from './fixture.ts';
import { picture, tape } from './tape.ts';

const entries = orderRun(30);
const state = project(tape, entries);
const end = entries.at(-1)!.time;

test('every publication has its point, every finished delivery its bar and line', () => {
  const all = picture(state, { from: 0, to: end, width: 1e6 });
  expect(all.marks.filter(({ mark }) => mark.kind === 'publish')).toHaveLength(30);
  expect(all.bars).toHaveLength(entries.filter((entry) => entry.type === 'bus.delivered').length);
  expect(all.bars.filter(({ bar }) => bar.failed)).toHaveLength(6);
  expect(all.lines).toHaveLength(30 + all.bars.length);
});

test('a window shows what reaches into it, and nothing else', () => {
  const [from, to] = [4_000, 6_000];
  const { marks, bars, lines } = picture(state, { from, to, width: 1e6 });
  const inside = (a: number, b: number) => a <= to && b >= from;
  expect(bars).toHaveLength(state.bars.filter((bar) => inside(bar.from, bar.to!)).length);
  expect(lines).toHaveLength(state.flights.landed.filter((flight) => inside(flight.sent, flight.received!)).length);
  expect(marks.map(({ mark }) => mark)).toEqual(state.marks.filter((mark) => inside(mark.time, mark.time)));
});

test('what is drawn is bounded by pixels, not by the run', () => {
  const long = orderRun(6_000);
  expect(long.length).toBeGreaterThan(75_000);
  const { marks, bars, lines } = picture(project(tape, long), { from: 0, to: long.at(-1)!.time, width: 800 });
  const lanes = 6;
  expect(marks.length).toBeLessThan(800 * lanes * 3);
  expect(bars.length).toBeLessThan(800 * lanes * 2);
  expect(lines.length).toBeLessThan(800 * lanes * 3);
});

test('a handler that a crash cut off is a failed bar that ends with it', () => {
  const cut = project(tape, [
    {
      seq: 0,
      time: 5,
      node: 'a',
      type: 'bus.delivered',
      id: 'e',
      subscription: 'a:x',
      attempt: 1,
      redelivered: false,
      sent: 0,
      arrived: 5,
    },
    { seq: 1, time: 9, node: 'a', type: 'node.crashed', because: 'fault' },
  ]);
  expect(cut.bars).toEqual([{ from: 5, to: 9, lane: 'a', failed: true, seq: 0 }]);
});
