import { expect, test } from 'vitest';
import type { KernelFact } from '../kernel/facts.ts';
import type { Recipe } from '../kernel/run.ts';
import type { World } from '../kernel/world.ts';
import type { Command, Report } from '../sandbox/protocol.ts';
import { Conductor } from './conductor.ts';
import { Program, type FileFactory } from './program.ts';

/** A conductor with a service, whose host is the test. `turns` is what is due in the event loop. */
function conduct(service: (world: () => World<KernelFact>) => void) {
  const reports: Report[] = [];
  const turns: (() => void)[] = [];
  let obey: (command: Command) => void = () => undefined;
  let world: World | undefined;
  const current = () => world as unknown as World<KernelFact>;
  const manifest = { nodes: [{ name: 'orders', file: 'orders.ts' }], scenario: null, check: null, maps: {} };
  const file: FileFactory = () => service(current);
  new Conductor(
    new Program(manifest, 1, new Map(), new Map([['orders.ts', file]])),
    { send: (report) => void reports.push(report), receive: (listener) => void (obey = listener) },
    { now: () => 0, soon: (work) => void turns.push(work) },
    (next) => (world = next),
  );
  return {
    reports,
    send: (command: Command) => obey(command),
    /** Lets the event loop go on until nothing is due. */
    turn: () => {
      for (let work = turns.shift(); work; work = turns.shift()) work();
    },
    said: (op: Report['op']) => reports.filter((report) => report.op === op),
  };
}

const recipe: Recipe = { seed: 1, faults: '', inputs: [], stored: [], until: 10_000 };
const play: Command = { op: 'play', recipe, keep: false };

/** Logs every 100 virtual ms. */
const ticking = (world: () => World<KernelFact>) =>
  void world().timers.setInterval(() => {
    world().record('orders', { type: 'console.logged', level: 'log', text: 'tick' });
  }, 100);

test('says that it is ready, plays as far as it is granted, and says where it stands', () => {
  const { send, turn, reports } = conduct(ticking);
  send(play);
  send({ op: 'grant', time: 250 });
  turn();
  expect(reports.map(({ op }) => op)).toEqual(['ready', 'entries', 'paused']);
  expect(reports.at(-1)).toEqual({ op: 'paused', time: 250, next: 300 });
});

test('ends at the limit of the recipe, or at rest', () => {
  const limited = conduct(ticking);
  limited.send(play);
  limited.send({ op: 'grant', time: Infinity });
  limited.turn();
  expect(limited.reports.at(-1)).toEqual({ op: 'ended', because: 'until', time: 10_000 });

  const resting = conduct(() => undefined);
  resting.send(play);
  resting.send({ op: 'grant', time: Infinity });
  resting.turn();
  expect(resting.reports.at(-1)).toMatchObject({ op: 'ended', because: 'rest' });
});

test('what the learner does happens at the end of a grant, and the host is told when', () => {
  const { send, turn, said } = conduct(ticking);
  send(play);
  send({ op: 'grant', time: 250 });
  send({ op: 'input', input: { time: 0, do: 'crash', node: 'orders' } });
  turn();
  expect(said('did')).toEqual([{ op: 'did', input: { time: 250, do: 'crash', node: 'orders' } }]);
  expect(said('ended')).toMatchObject([{ because: 'rest' }]);
});

test('sends no more batches than it has credit for', () => {
  const { send, turn, said, reports } = conduct((world) => {
    for (let i = 0; i < 20_000; i++)
      world().timers.setTimeout(() => world().record('orders', { type: 'console.logged', level: 'log', text: 'x' }), i);
  });
  send({ op: 'play', recipe: { ...recipe, until: 30_000 }, keep: false });
  send({ op: 'grant', time: Infinity });
  turn();
  expect([said('entries').length, said('ended').length]).toEqual([4, 0]);
  while (said('ended').length === 0) {
    const before = reports.length;
    send({ op: 'received' });
    turn();
    expect(reports.length).toBeGreaterThan(before);
  }
  const seqs = said('entries').flatMap((report) =>
    'lines' in report ? report.lines.split('\n').map((line) => (JSON.parse(line) as { seq: number }).seq) : [],
  );
  expect(seqs).toEqual(Array.from({ length: 20_001 }, (_, seq) => seq));
});

test('a mistake of ours is said, not swallowed', () => {
  const { send, turn, said } = conduct(ticking);
  send({ op: 'play', recipe: { ...recipe, faults: 'no such fault' }, keep: false });
  turn();
  expect(said('broken')).toHaveLength(1);
});
