import fc from 'fast-check';
import { expect, test } from 'vitest';
import { play, type Story } from './story.testing.ts';

const happened = (n: number) => ({ type: 'happened', data: n });

/** Appends the numbers, one every so many ms. */
const writer = (numbers: readonly number[], every: number): Story =>
  function* ({ store, sleep }) {
    for (const n of numbers) {
      store.append(`stream-${n % 3}`, [happened(n)]);
      yield sleep(every);
    }
  };

test('past and present come as one, each event once, in the order of positions, whenever one subscribes and whatever the network does', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 250 }),
      fc.integer({ min: 0, max: 40 }),
      fc.integer({ min: 0, max: 60 }),
      fc.constantFrom('', 'delay@store:0-50', 'cut@store>reader:100#1', 'drop@store:0.3', 'reorder,duplicate,delay'),
      fc.integer(),
      (before, during, start, faults, seed) => {
        const seen: unknown[] = [];
        const past = Array.from({ length: before }, (_, n) => happened(n));
        play(
          {
            *past({ store }) {
              yield store.append('past', past);
            },
            writer: writer(
              Array.from({ length: during }, (_, n) => before + n),
              3,
            ),
            *reader({ store, life, sleep }) {
              yield sleep(start);
              store.subscribe(life, {}, (event) => void seen.push(event.data));
            },
          },
          { faults, seed },
        );
        expect(seen).toEqual(Array.from({ length: before + during }, (_, n) => n));
      },
    ),
    { numRuns: 60 },
  );
});

test('a checkpoint names the last event that was seen: what follows it comes, and nothing before', () => {
  const seen: Record<string, unknown[]> = { all: [], stream: [], end: [] };
  play({
    *writer({ store, sleep }) {
      yield store.append('a', [happened(0), happened(1), happened(2)]);
      yield store.append('b', [happened(3)]);
      yield sleep(10);
      yield store.append('a', [happened(4)]);
    },
    *reader({ store, life, sleep }) {
      yield sleep(5);
      store.subscribe(life, { from: 1 }, ({ data }) => seen['all']!.push(data));
      store.subscribe(life, { stream: 'a', from: 0 }, ({ data }) => seen['stream']!.push(data));
      store.subscribe(life, { from: 'end' }, ({ data }) => seen['end']!.push(data));
    },
  });
  expect(seen).toEqual({ all: [2, 3, 4], stream: [1, 2, 4], end: [4] });
});

test('a slow handler gets one event after the other, each because of the entry that stored it', () => {
  const log: string[] = [];
  const { entries } = play({
    writer: writer([1, 2, 3], 1),
    *reader({ store, life, sleep, world }) {
      store.subscribe(life, {}, ({ data }) => {
        log.push(`${String(data)} begins`);
        return sleep(50).then(() => {
          log.push(`${String(data)} ends`);
          world.record('reader', { type: 'console.logged', level: 'log', text: String(data) });
        });
      });
      yield undefined;
    },
  });
  expect(log).toEqual(['1 begins', '1 ends', '2 begins', '2 ends', '3 begins', '3 ends']);
  const stored = entries.filter((entry) => entry.type === 'store.appended').map(({ seq }) => seq);
  expect(entries.filter((entry) => entry.type === 'console.logged').map(({ cause }) => cause)).toEqual(stored);
});

test('what a handler throws is written down as a failure of its node, and the next event comes', () => {
  const seen: unknown[] = [];
  const { entries } = play({
    writer: writer([1, 2, 3], 1),
    *reader({ store, life }) {
      store.subscribe(life, {}, ({ data }) => {
        seen.push(data);
        if (data === 2) throw new Error('two is too much');
      });
      yield undefined;
    },
  });
  expect(seen).toEqual([1, 2, 3]);
  expect(entries.filter((entry) => entry.type === 'node.failed')).toMatchObject([
    { node: 'reader', during: 'unhandled', error: { message: 'two is too much' } },
  ]);
});

test('what comes while the service is paused waits until it goes on', () => {
  const seen: string[] = [];
  play({
    writer: writer([1, 2, 3], 20),
    *reader({ store, life, world }) {
      store.subscribe(life, {}, ({ data }) => seen.push(`${String(data)} at ${world.now >= 100 ? 100 : 'once'}`));
      world.clock.after(10, () => life.pause());
      world.clock.after(100, () => life.resume());
      yield undefined;
    },
  });
  expect(seen).toEqual(['1 at once', '2 at 100', '3 at 100']);
});

test('it ends with the life that asked for it, and when it is given up', () => {
  const seen: string[] = [];
  let lives = 0;
  play({
    writer: writer([1, 2, 3, 4], 20),
    *reader({ store, life, sleep, world }) {
      const name = `life ${++lives}`;
      const stop = store.subscribe(life, {}, ({ data }) => seen.push(`${name}: ${String(data)}`));
      if (lives > 1) return;
      world.clock.after(30, () => world.crash('reader', 'input'));
      world.clock.after(35, () => world.start('reader'));
      yield sleep(25);
      stop();
    },
  });
  expect(seen).toEqual(['life 1: 1', 'life 1: 2', 'life 2: 1', 'life 2: 2', 'life 2: 3', 'life 2: 4']);
});

test('a projection that crashes goes on behind its checkpoint when it is back: no event is lost or seen twice', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(
        'crash@reader:before-handling#3',
        'crash@reader:before-ack#2',
        'crash@reader:after-ack#4',
        'crash@reader:0.2',
      ),
      fc.integer(),
      (crash, seed) => {
        const seen: unknown[] = [];
        let checkpoint: number | undefined;
        const { entries } = play(
          {
            writer: writer([1, 2, 3, 4, 5], 3),
            *reader({ store, life }) {
              store.subscribe(life, checkpoint === undefined ? {} : { from: checkpoint }, ({ data, position }) => {
                seen.push(data);
                checkpoint = position;
              });
              yield undefined;
            },
          },
          { faults: `${crash},slow@reader:5-20`, seed },
        );
        expect(seen).toEqual([1, 2, 3, 4, 5]);
        if (crash !== 'crash@reader:0.2') expect(entries.filter(({ type }) => type === 'node.crashed')).toHaveLength(1);
      },
    ),
    { numRuns: 30 },
  );
});
