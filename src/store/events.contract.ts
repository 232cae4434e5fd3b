import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { chunkSize } from './chunk.ts';
import { eventsFrom } from './event.fixture.ts';
import { EventKeeper } from './events.ts';
import { beginning, type Head } from './head.ts';
import { Conflict, Refusal } from './refusal.ts';
import { all, type Rows } from './rows.ts';
import type { Chunk, HeadRow } from './schema.ts';

/** What `EventKeeper` promises over any `Rows`. `open` gives one without any row. */
export function describeEventKeeper(name: string, open: () => Promise<Rows>): void {
  describe(`events kept in ${name}`, () => {
    let rows: Rows;
    let keeper: EventKeeper;
    beforeEach(async () => {
      rows = await open();
      keeper = new EventKeeper(rows);
    });

    const chunks = () => rows.read(['chunks'], (tx) => tx.list('chunks', all('w')));
    const putChunk = (chunk: Chunk) =>
      rows.write(['chunks'], 'strict', (tx) => Promise.resolve(tx.put('chunks', chunk)));
    const putHead = (head: HeadRow) => rows.write(['heads'], 'strict', (tx) => Promise.resolve(tx.put('heads', head)));
    const refusal = async (work: Promise<unknown>) => {
      const error: unknown = await work.then(
        () => undefined,
        (error: unknown) => error,
      );
      expect(error).toBeInstanceOf(Refusal);
      return error as Refusal;
    };

    test('a store in which nothing was kept is empty', async () => {
      expect(await keeper.load('w')).toMatchObject({ events: [], head: beginning, quarantined: [] });
    });

    test('what was appended is loaded by another keeper, workspace by workspace', async () => {
      const head = await keeper.append('w', beginning, eventsFrom(0, 3));
      await keeper.append('w', head, eventsFrom(3, 700));
      await keeper.append('v', beginning, eventsFrom(0, 1, 'b'));
      const loaded = await new EventKeeper(rows).load('w');
      expect(loaded.events).toEqual(eventsFrom(0, 703));
      expect(loaded.head.position).toBe(703);
      expect((await keeper.load('v')).events).toEqual(eventsFrom(0, 1, 'b'));
    });

    test('an append of nothing is nothing', async () => {
      expect(await keeper.append('w', beginning, [])).toEqual(beginning);
      expect((await keeper.load('w')).head).toEqual(beginning);
    });

    test('who has not seen the end is told both ends, and nothing is written', async () => {
      const seen = await keeper.append('w', beginning, eventsFrom(0, 2));
      const actual = await keeper.append('w', seen, eventsFrom(2, 3));
      const conflict = await refusal(keeper.append('w', seen, eventsFrom(2, 1, 'b')));
      expect(conflict).toBeInstanceOf(Conflict);
      expect(conflict).toMatchObject({ because: 'conflict', expected: seen, actual });
      expect((await keeper.load('w')).events).toEqual(eventsFrom(0, 5));
    });

    test('an append whose answer was lost succeeds when it is made again', async () => {
      const seen = await keeper.append('w', beginning, eventsFrom(0, 300));
      const next = await keeper.append('w', seen, eventsFrom(300, 300));
      expect(await keeper.append('w', seen, eventsFrom(300, 300))).toEqual(next);
      expect(await keeper.append('w', beginning, eventsFrom(0, 300))).toEqual(seen);
      expect((await keeper.load('w')).events).toEqual(eventsFrom(0, 600));
      expect(await refusal(keeper.append('w', seen, eventsFrom(300, 301)))).toBeInstanceOf(Conflict);
    });

    test('a past of the same length is not the same past', async () => {
      const seen = await keeper.append('w', beginning, eventsFrom(0, 2));
      await keeper.replace('w', seen, eventsFrom(0, 2, 'b'));
      expect(await refusal(keeper.append('w', seen, eventsFrom(2, 1)))).toBeInstanceOf(Conflict);
      expect(await refusal(keeper.replace('w', seen, []))).toBeInstanceOf(Conflict);
      expect((await keeper.load('w')).events).toEqual(eventsFrom(0, 2, 'b'));
    });

    test('replaced by nothing it is empty, and can be written to again', async () => {
      const seen = await keeper.append('w', beginning, eventsFrom(0, 600));
      const empty = await keeper.replace('w', seen, []);
      expect(await keeper.load('w')).toMatchObject({ events: [], head: empty });
      await keeper.append('w', empty, eventsFrom(0, 1, 'b'));
      expect((await keeper.load('w')).events).toEqual(eventsFrom(0, 1, 'b'));
    });

    test('events that do not follow each other are our bug, not a refusal', async () => {
      await expect(keeper.append('w', beginning, eventsFrom(1, 1))).rejects.toThrow(RangeError);
      await expect(keeper.replace('w', beginning, eventsFrom(7, 1))).rejects.toThrow(RangeError);
    });

    test('many small appends are packed by a load, which changes no event and no end', async () => {
      let head = beginning;
      for (let i = 0; i < 400; i++) head = await keeper.append('w', head, eventsFrom(i, 1));
      expect(await chunks()).toHaveLength(400);
      const before = await keeper.load('w');
      expect((await chunks()).map(({ count }) => count)).toEqual([chunkSize, 400 - chunkSize]);
      const after = await keeper.load('w');
      expect(after.events).toEqual(before.events);
      expect(after.head).toEqual(head);
      await keeper.append('w', head, eventsFrom(400, 1));
      expect((await keeper.load('w')).events).toEqual(eventsFrom(0, 401));
    });

    describe('a damaged chunk is put aside, the rest loads, and both stay so', () => {
      const damage: Record<string, (chunk: Chunk) => Chunk> = {
        'cut off': (chunk) => ({ ...chunk, events: chunk.events.slice(0, -5) }),
        'of another shape': (chunk) => ({ ...chunk, events: '{"no":"events"}' }),
        'without its text': ({ workspace, first, count }) => ({ workspace, first, count }) as Chunk,
        'with another count': (chunk) => ({ ...chunk, count: 7 }),
        'with an event that is none': (chunk) => ({ ...chunk, events: chunk.events.replace('"order-a"', '5') }),
        'with the events of another place': (chunk) => ({ ...chunk, events: JSON.stringify(eventsFrom(0, 256)) }),
      };
      test.for(Object.entries(damage))('%s, in the middle', async ([, spoil]) => {
        const head = await keeper.append('w', beginning, eventsFrom(0, 700));
        await putChunk(spoil((await chunks())[1]!));
        for (let again = 0; again < 2; again++) {
          const { events, quarantined } = await keeper.load('w');
          expect(events).toEqual([...eventsFrom(0, 256), ...eventsFrom(512, 188)]);
          expect(quarantined).toMatchObject([{ first: 256, count: 256, chunks: [{ first: 256 }] }]);
        }
        expect(await refusal(keeper.append('w', head, eventsFrom(700, 1)))).toBeInstanceOf(Conflict);
        await keeper.append('w', (await keeper.load('w')).head, eventsFrom(700, 1));
        expect((await keeper.load('w')).events).toHaveLength(256 + 188 + 1);
      });

      test.for(Object.entries(damage))('%s, at the end, and what comes next takes its place', async ([, spoil]) => {
        await keeper.append('w', beginning, eventsFrom(0, 300));
        await putChunk(spoil((await chunks())[1]!));
        const { events, head, quarantined } = await keeper.load('w');
        expect(events).toEqual(eventsFrom(0, 256));
        expect(quarantined).toMatchObject([{ first: 256, count: 44, chunks: [{ first: 256 }] }]);
        await keeper.append('w', head, eventsFrom(256, 1, 'b'));
        const after = await keeper.load('w');
        expect(after.events).toEqual([...eventsFrom(0, 256), ...eventsFrom(256, 1, 'b')]);
        expect(after.quarantined).toHaveLength(1);
      });

      test('one that overlaps its neighbour', async () => {
        await keeper.append('w', beginning, eventsFrom(0, 300));
        await putChunk({ workspace: 'w', first: 10, count: 2, events: JSON.stringify(eventsFrom(10, 2, 'b')) });
        const { events, quarantined } = await keeper.load('w');
        expect(events).toEqual(eventsFrom(0, 300));
        expect(quarantined).toMatchObject([{ first: 10, count: 0, chunks: [{ first: 10 }] }]);
      });

      test('one that has vanished is missed', async () => {
        await keeper.append('w', beginning, eventsFrom(0, 700));
        await rows.write(['chunks'], 'strict', (tx) =>
          Promise.resolve(tx.delete('chunks', { from: ['w', 512], to: ['w', Infinity] })),
        );
        const { quarantined } = await keeper.load('w');
        expect(quarantined).toEqual([{ workspace: 'w', first: 512, count: 188, chunks: [] }]);
      });
    });

    test('a damaged head refuses writers until a load has mended it', async () => {
      await keeper.append('w', beginning, eventsFrom(0, 3));
      await putHead({ workspace: 'w', history: 'x', position: -1 });
      expect(await refusal(keeper.append('w', beginning, eventsFrom(0, 1)))).toMatchObject({ because: 'damaged' });
      const { events, head } = await keeper.load('w');
      expect(events).toEqual(eventsFrom(0, 3));
      expect((await keeper.append('w', head, eventsFrom(3, 1))).position).toBe(4);
    });

    test('two tabs that append, reload and replace as they like leave what a plain array would hold', async () => {
      const step = fc.record({
        tab: fc.nat({ max: 1 }),
        act: fc.oneof(
          { weight: 6, arbitrary: fc.record({ do: fc.constant('append' as const), count: fc.nat({ max: 300 }) }) },
          { weight: 3, arbitrary: fc.record({ do: fc.constant('load' as const) }) },
          { weight: 1, arbitrary: fc.record({ do: fc.constant('replace' as const), count: fc.nat({ max: 20 }) }) },
          { weight: 1, arbitrary: fc.record({ do: fc.constant('many' as const), count: fc.nat({ max: 150 }) }) },
        ),
      });
      let runs = 0;
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
          const workspace = `model-${runs++}`;
          const tabs = [0, 1].map(() => ({ keeper: new EventKeeper(rows), head: beginning }));
          let model = { events: eventsFrom(0, 0), head: beginning };
          let mark = 0;
          const attempt = async (work: Promise<Head>, isAllowed: boolean) => {
            if (isAllowed) return work;
            expect(await refusal(work)).toBeInstanceOf(Conflict);
            return undefined;
          };
          for (const { tab: index, act } of steps) {
            const tab = tabs[index]!;
            const isAllowed = tab.head.history === model.head.history && tab.head.position === model.head.position;
            if (act.do === 'load') {
              const loaded = await tab.keeper.load(workspace);
              expect(loaded).toMatchObject(model);
              tab.head = loaded.head;
            } else if (act.do === 'replace') {
              const events = eventsFrom(0, act.count, `${mark++}`);
              const head = await attempt(tab.keeper.replace(workspace, tab.head, events), isAllowed);
              if (head) model = { events, head: (tab.head = head) };
            } else {
              const [times, size] = act.do === 'many' ? [act.count, 1] : [1, act.count];
              for (let i = 0; i < times; i++) {
                const events = eventsFrom(tab.head.position, size, `${mark++}`);
                const head = await attempt(tab.keeper.append(workspace, tab.head, events), isAllowed || size === 0);
                if (!head || size === 0) break;
                model = { events: [...model.events, ...events], head: (tab.head = head) };
              }
            }
          }
          const loaded = await new EventKeeper(rows).load(workspace);
          expect(loaded).toMatchObject(model);
          expect(loaded.events).toHaveLength(model.head.position);
        }),
        { numRuns: 40 },
      );
    }, 60_000);
  });
}
