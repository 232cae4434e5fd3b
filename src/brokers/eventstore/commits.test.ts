import fc from 'fast-check';
import { expect, test } from 'vitest';
import { project } from '../../kernel/projection.ts';
import type { StoredEvent } from '../../kernel/stored.ts';
import { store as projection, type ExpectedRevision } from './state.ts';
import { play, stage, text, type Circumstances, type Story } from './story.testing.ts';

/** A service that works: it appends, waits, deletes, and goes on whatever happens. */
const busy = (deeds: readonly Deed[]): Story =>
  function* ({ store, sleep, life, world }) {
    store.subscribe(life, { from: 'start' }, ({ position }) => {
      world.record(life.node, { type: 'console.logged', level: 'log', text: `saw ${position}` });
    });
    for (const deed of deeds) {
      const options = { expectedRevision: deed.expected };
      const done =
        deed.do === 'delete'
          ? store.delete(deed.stream, options)
          : store.append(
              deed.stream,
              deed.ids.map((id) => ({ type: 'happened', id })),
              options,
            );
      const settled = done.then(
        ({ revision }) => world.record(life.node, { type: 'console.logged', level: 'log', text: `at ${revision}` }),
        () => undefined,
      );
      if (deed.wait === 'answer') yield settled;
      else if (deed.wait > 0) yield sleep(deed.wait);
    }
  };

interface Deed {
  readonly do: 'append' | 'delete';
  readonly stream: string;
  readonly ids: readonly string[];
  readonly expected: ExpectedRevision;
  readonly wait: 'answer' | number;
}

const deed: fc.Arbitrary<Deed> = fc.record({
  do: fc.constantFrom('append', 'append', 'append', 'delete'),
  stream: fc.constantFrom('a', 'b', 'c'),
  ids: fc.array(fc.constantFrom('1', '2', '3', '4', '5', '6', '7', '8'), { maxLength: 3 }),
  expected: fc.oneof(fc.constantFrom('any', 'any', 'no_stream', 'stream_exists'), fc.nat(4)),
  wait: fc.constantFrom<Deed['wait'][]>('answer', 0, 0, 3),
});
const deeds = fc.array(deed, { maxLength: 12 });

/** Plays with an outer store that answers when virtual time has stood still for a while; `answers` says what, commit by commit. */
function playSlowly(
  stories: Record<string, Story>,
  circumstances: Circumstances,
  answers: readonly (string | undefined)[] = [],
) {
  let answer: (() => void) | undefined;
  let commits = 0;
  const kept: StoredEvent[] = [];
  const { world } = stage(stories, {
    ...circumstances,
    keep(events, done) {
      const refused = answers[commits++];
      if (refused === undefined) kept.push(...events);
      answer = () => done(refused);
    },
  });
  world.startAll();
  while (world.run(60_000) === 'held') {
    const due = answer;
    answer = undefined;
    due?.();
  }
  return { entries: world.journal.entries, kept };
}

test('whether the outer store answers at once or late does not show in the journal', () => {
  fc.assert(
    fc.property(deeds, deeds, fc.constantFrom('', 'refuse@store:0.2', 'lose-ack@store:0.3'), (ann, ben, faults) => {
      const stories = { ann: busy(ann), ben: busy(ben) };
      expect(text(playSlowly(stories, { faults }).entries)).toBe(text(play(stories, { faults }).entries));
    }),
  );
});

test('a run in which the outer store refused is had again from the numbers of the refused commits', () => {
  fc.assert(
    fc.property(
      deeds,
      deeds,
      fc.array(fc.constantFrom(undefined, undefined, 'quota', 'conflict'), { maxLength: 8 }),
      (ann, ben, answers) => {
        const stories = { ann: busy(ann), ben: busy(ben) };
        const refused = new Map(answers.flatMap((why, commit) => (why === undefined ? [] : [[commit, why] as const])));
        expect(text(playSlowly(stories, {}, answers).entries)).toBe(text(play(stories, { refused }).entries));
      },
    ),
  );
});

test('what was kept is what the journal says, position by position, and the next run goes on from there', () => {
  fc.assert(
    fc.property(deeds, deeds, (first, second) => {
      const before = playSlowly({ ann: busy(first) }, {}).kept;
      const after = playSlowly({ ann: busy(second) }, { stored: before, seed: 2 });
      const { store } = play({ ann: busy(second) }, { stored: before, seed: 2 });
      expect(store.state.all).toEqual([...before, ...after.kept]);
      expect(store.state.all.map(({ position }) => position)).toEqual(store.state.all.map((_, at) => at));
    }),
  );
});

test('the state of the server is the projection of its facts', () => {
  fc.assert(
    fc.property(deeds, deeds, (ann, ben) => {
      const { entries, store } = play({ ann: busy(ann), ben: busy(ben) });
      const facts = entries.filter((entry) => entry.type === 'store.appended');
      expect(project(projection, facts)).toEqual(store.state);
    }),
  );
});

test('while the outer store works, nobody else finishes the step', () => {
  const log: string[] = [];
  let answer = () => {};
  const { world } = stage(
    {
      *writer({ store }) {
        yield store.append('a', [{ type: 'x' }]);
        log.push('answered');
      },
    },
    { keep: (_, done) => (answer = done) },
  );
  world.onInstant(() => {
    log.push('somebody else');
    return false;
  });
  world.startAll();
  expect(world.run(60_000)).toBe('held');
  expect(world.run(60_000)).toBe('held');
  expect(log).toEqual([]);
  answer();
  expect(world.run(60_000)).toBe('rest');
  expect(log).toEqual(['answered', 'somebody else']);
});

test('two appends to one stream in one step: the second is decided when the first is stored', () => {
  const { entries } = play({
    *writer({ store }) {
      store.append('a', [{ type: 'first' }], { expectedRevision: 'no_stream' });
      store.append('b', [{ type: 'other' }], { expectedRevision: 'no_stream' });
      store.append('a', [{ type: 'second' }], { expectedRevision: 0 });
      yield undefined;
    },
  });
  expect(entries.slice(1)).toMatchObject([
    { type: 'store.appended', stream: 'a', time: 0, cause: 0, events: [{ revision: 0, position: 0 }] },
    { type: 'store.appended', stream: 'b', time: 0, cause: 0, events: [{ revision: 0, position: 1 }] },
    { type: 'store.appended', stream: 'a', time: 0, cause: 0, events: [{ revision: 1, position: 2 }] },
  ]);
});

test('a stream and its metadata are one: what both would write to the metadata is decided one after the other', () => {
  const { store } = play({
    *writer({ store }) {
      yield store.append('a', [{ type: 'first' }]);
      yield store.delete('a');
      void store.setMetadata('a', { $tb: Number.MAX_SAFE_INTEGER, owner: 'ann' });
      void store.append('a', [{ type: 'again' }]);
      void store.setMetadata('a', { owner: 'ben' });
    },
  });
  expect(store.state.streams.get('$$a')!.map(({ revision }) => revision)).toEqual([0, 1, 2, 3]);
});

test('a tombstone on a soft-deleted stream is one event: nothing comes back to life', () => {
  const { entries } = play({
    *writer({ store }) {
      yield store.delete('a');
      yield store.tombstone('a');
    },
  });
  expect(entries.at(-1)).toMatchObject({ type: 'store.appended', events: [{ stream: 'a', type: '$streamDeleted' }] });
});

test('a refused commit writes nothing: every writer of the batch is told, and who was wrong anyway is told that', () => {
  const told: unknown[] = [];
  const { entries, store } = play(
    {
      *writer({ store }) {
        store.append('a', [{ type: 'x' }]).catch((error: unknown) => told.push(error));
        store.append('b', [{ type: 'x' }]).catch((error: unknown) => told.push(error));
        store.append('c', [{ type: 'x' }], { expectedRevision: 7 }).catch((error: unknown) => told.push(error));
        yield undefined;
      },
    },
    { faults: 'refuse@store#1' },
  );
  expect(store.state.all).toEqual([]);
  expect(told).toMatchObject([{ name: 'StoreRefused' }, { name: 'StoreRefused' }, { name: 'WrongExpectedVersion' }]);
  expect(entries.map(({ type }) => type)).toEqual([
    'node.started',
    'fault.struck',
    'store.rejected',
    'store.rejected',
    'store.rejected',
  ]);
});

test('an answer that is lost leaves the writer in doubt; to append again with the same id is safe', () => {
  let attempts = 0;
  const { store, world } = play(
    {
      *writer({ store }) {
        for (;;) {
          attempts++;
          try {
            yield store.append('a', [{ type: 'withdrawn', id: 'w-1' }], { expectedRevision: 'no_stream' });
            return;
          } catch (error) {
            expect(error).toMatchObject({ name: 'StoreTimeout', stream: 'a' });
          }
        }
      },
    },
    { faults: 'lose-ack@store#1' },
  );
  expect(attempts).toBe(2);
  expect(world.now).toBe(5_000);
  expect(store.state.all).toHaveLength(1);
});

test('doubt that nobody deals with is a failure of the service that was left in it', () => {
  const { entries } = play(
    {
      *writer({ store }) {
        void store.append('a', [{ type: 'withdrawn' }]);
        yield undefined;
      },
    },
    { faults: 'lose-ack@store:1' },
  );
  expect(entries.at(-1)).toMatchObject({
    type: 'node.failed',
    node: 'writer',
    time: 5_000,
    error: { name: 'StoreTimeout' },
  });
});

test('what a service asked for before it crashed is stored, in its name', () => {
  const { entries } = play({
    *writer({ store, world }) {
      store.append('a', [{ type: 'last words' }]);
      world.crash('writer', 'input');
      yield undefined;
    },
  });
  expect(entries).toMatchObject([
    { type: 'node.started' },
    { type: 'node.crashed' },
    { type: 'store.appended', node: 'writer', cause: 0 },
  ]);
});

test('what nobody caught is a failure of the node that asked', () => {
  const { entries } = play({
    *writer({ store }) {
      store.append('a', [{ type: 'x' }], { expectedRevision: 3 });
      yield undefined;
    },
  });
  expect(entries.at(-1)).toMatchObject({
    type: 'node.failed',
    node: 'writer',
    error: { name: 'WrongExpectedVersion' },
  });
});
