import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { StoredEvent } from '../../kernel/stored.ts';
import type { Appended } from './commits.ts';
import type { EventStoreServer } from './server.ts';
import { recentEvents, type ExpectedRevision } from './state.ts';
import { play } from './story.testing.ts';

type Deed =
  | { readonly do: 'append'; readonly ids: readonly string[]; readonly expected: ExpectedRevision }
  | { readonly do: 'delete' | 'tombstone'; readonly expected: ExpectedRevision }
  | { readonly do: 'setMetadata'; readonly $maxCount?: number; readonly $tb?: number };

/** A stream as a newcomer would write it down: slow, in memory, one rule after the other. */
class Model {
  readonly ids: string[] = [];
  /** The first revision that may be seen. */
  #from = 0;
  #count = Infinity;
  #deleted = false;
  #described = false;
  #ended = false;

  get seen(): number[] {
    const revisions = this.#deleted
      ? []
      : this.ids.map((_, revision) => revision).filter((revision) => revision >= this.#from);
    return revisions.slice(Math.max(0, revisions.length - this.#count));
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** The name of the error, or what the stream's last revision is for the writer. */
  do(deed: Deed): string | number | undefined {
    if (this.#ended) return 'StreamDeleted';
    if (deed.do === 'setMetadata') {
      this.#count = deed.$maxCount ?? Infinity;
      this.#from = deed.$tb ?? 0;
      this.#deleted = false;
      this.#described = true;
      return undefined;
    }
    const ids = deed.do === 'append' ? deed.ids : ['fresh'];
    const verdict = this.#verdict(deed.expected, ids);
    if (verdict !== 'write') return verdict;
    if (deed.do === 'tombstone') this.#ended = true;
    else if (deed.do === 'delete') this.#deleted = this.#described = true;
    else {
      if (this.#deleted && ids.length > 0) {
        this.#deleted = false;
        this.#from = this.ids.length;
      }
      this.ids.push(...ids);
      return this.ids.length - 1;
    }
    return undefined;
  }

  #verdict(expected: ExpectedRevision, ids: readonly string[]): string | number {
    const wrong = 'WrongExpectedVersion';
    const end = this.ids.length - 1;
    if (expected === 'stream_exists' && (this.#deleted || (end < 0 && !this.#described))) return wrong;
    if (expected === 'any' || expected === 'stream_exists') {
      if (ids.length === 0 || !this.ids.includes(ids[0]!)) return 'write';
      return ids.every((id) => this.ids.includes(id)) ? this.ids.lastIndexOf(ids.at(-1)!) : wrong;
    }
    const after = expected === 'no_stream' ? -1 : expected;
    if (after === end) return 'write';
    if (after > end || ids.length === 0) return wrong;
    if (JSON.stringify(this.ids.slice(after + 1, after + 1 + ids.length)) === JSON.stringify(ids))
      return after + ids.length;
    return expected === 'no_stream' && this.#deleted && this.ids[0] !== ids[0] ? 'write' : wrong;
  }
}

const expected = fc.oneof(
  fc.constantFrom('any', 'no_stream', 'stream_exists'),
  fc.nat(5),
) as fc.Arbitrary<ExpectedRevision>;
const deed: fc.Arbitrary<Deed> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('append' as const),
      ids: fc.array(fc.constantFrom('1', '2', '3', '4', '5', '6', '7', '8', '9'), { maxLength: 3 }),
      expected,
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('delete' as const), expected }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('tombstone' as const), expected }) },
  {
    weight: 2,
    arbitrary: fc.record(
      { do: fc.constant('setMetadata' as const), $maxCount: fc.integer({ min: 1, max: 4 }), $tb: fc.nat(6) },
      { requiredKeys: ['do'] },
    ),
  },
);

function perform(store: EventStoreServer, stream: string, deed: Deed) {
  switch (deed.do) {
    case 'append':
      return store.append(
        stream,
        deed.ids.map((id) => ({ type: 'happened', id })),
        { expectedRevision: deed.expected },
      );
    case 'delete':
      return store.delete(stream, { expectedRevision: deed.expected });
    case 'tombstone':
      return store.tombstone(stream, { expectedRevision: deed.expected });
    case 'setMetadata': {
      const { do: _, ...metadata } = deed;
      return store.setMetadata(stream, metadata);
    }
  }
}

test('streams are what a naive model says, whatever is done to them', () => {
  const deeds = fc.array(fc.tuple(fc.constantFrom('a', 'b'), deed), { maxLength: 25 });
  fc.assert(
    fc.property(deeds, (deeds) => {
      const models = { a: new Model(), b: new Model() };
      play({
        *writer({ store }) {
          for (const [stream, deed] of deeds) {
            const model = models[stream];
            const told = model.do(deed);
            let outcome: unknown;
            try {
              const appended: unknown = yield perform(store, stream, deed);
              outcome = (appended as Appended).revision;
            } catch (error) {
              outcome = (error as Error).name;
            }
            if (told !== undefined) expect(outcome).toBe(told);
            else expect(outcome).toEqual(expect.any(Number));
            if (model.ended) expect(() => store.read(stream)).toThrow(`${stream} is deleted for ever`);
            else expect(store.read(stream).map(({ revision }) => revision)).toEqual(model.seen);
          }
        },
      });
    }),
    { numRuns: 300 },
  );
});

const numbered = (count: number, stream = 's'): StoredEvent[] =>
  Array.from({ length: count }, (_, n) => ({
    ...{ id: `e-${n}`, stream, revision: n, position: n },
    ...{ type: 'happened', data: null, created: `2026-01-01T00:00:0${n}.000Z` },
  }));

test('reading gives the part that a plain list would give', () => {
  const range = fc.record(
    {
      from: fc.oneof(fc.nat(12), fc.constantFrom('start', 'end')),
      direction: fc.constantFrom('forwards', 'backwards'),
      limit: fc.nat(12),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(fc.nat(9), range, (count, options) => {
      const backwards = options.direction === 'backwards';
      const from =
        { start: 0, end: Infinity }[options.from ?? (backwards ? 'end' : 'start')] ?? (options.from as number);
      const all = numbered(count).map(({ revision }) => revision);
      const asked = backwards ? all.filter((n) => n <= from).reverse() : all.filter((n) => n >= from);
      expect.hasAssertions();
      play(
        {
          *reader({ store }) {
            const revisions = asked.slice(0, options.limit ?? Infinity);
            expect(store.read('s', options as never).map(({ revision }) => revision)).toEqual(revisions);
            expect(store.readAll(options as never).map(({ position }) => position)).toEqual(revisions);
            yield undefined;
          },
        },
        { stored: numbered(count) },
      );
    }),
  );
});

test('$maxAge hides what is older than so many seconds, as virtual time goes on', () => {
  const seen: number[] = [];
  play(
    {
      *reader({ store, sleep }) {
        yield store.setMetadata('s', { $maxAge: 2 });
        for (let second = 0; second < 8; second++) {
          seen.push(store.read('s').length);
          yield sleep(1_000);
        }
      },
    },
    { stored: numbered(4) },
  );
  expect(seen).toEqual([4, 4, 4, 3, 2, 1, 0, 0]);
});

test.each([{ $maxCount: 0 }, { $maxCount: -3 }, { $maxAge: 'long' }, { $tb: null }])(
  'metadata that make no sense hide nothing: %j',
  (metadata) => {
    expect.hasAssertions();
    play(
      {
        *reader({ store }) {
          yield store.setMetadata('s', metadata as never);
          expect(store.read('s')).toHaveLength(4);
        },
      },
      { stored: numbered(4) },
    );
  },
);

test('a deletion is an event of the metadata, and so is the return of the stream: all of it stays readable', () => {
  const { store } = play(
    {
      *writer({ store }) {
        yield store.setMetadata('s', { $maxCount: 9, owner: 'ann' });
        yield store.delete('s');
        yield store.append('s', [{ type: 'again' }]);
      },
    },
    { stored: numbered(2) },
  );
  expect(store.readAll({ from: 2 })).toMatchObject([
    { stream: '$$s', revision: 0, type: '$metadata', data: { $maxCount: 9, owner: 'ann' } },
    {
      stream: '$$s',
      revision: 1,
      type: '$metadata',
      data: { $maxCount: 9, owner: 'ann', $tb: Number.MAX_SAFE_INTEGER },
    },
    { stream: '$$s', revision: 2, type: '$metadata', data: { $maxCount: 9, owner: 'ann', $tb: 2 } },
    { stream: 's', revision: 2, position: 5, type: 'again' },
  ]);
  expect(store.read('$$s').map(({ revision }) => revision)).toEqual([2]);
});

test('without an exact revision a repetition is known for 10,000 events, with one for ever', () => {
  const append = (count: number) => Array.from({ length: count }, () => ({ type: 'happened' }));
  const { store } = play({
    *writer({ store }) {
      yield store.append('s', [{ type: 'first', id: 'e-1' }]);
      yield store.append('other', append(recentEvents - 1));
      const known: unknown = yield store.append('s', [{ type: 'first', id: 'e-1' }]);
      yield store.append('other', append(1));
      const forgotten: unknown = yield store.append('s', [{ type: 'first', id: 'e-1' }]);
      const exact: unknown = yield store.append('s', [{ type: 'first', id: 'e-1' }], { expectedRevision: 'no_stream' });
      expect([known, forgotten, exact]).toMatchObject([{ revision: 0 }, { revision: 1 }, { revision: 0 }]);
    },
  });
  expect(store.read('s')).toHaveLength(2);
});

test('a gap in what is stored stays a gap: revisions and positions go on after the last', () => {
  const { store } = play(
    {
      *writer({ store }) {
        yield store.append('s', [{ type: 'next' }], { expectedRevision: 3 });
      },
    },
    { stored: numbered(4).filter(({ revision }) => revision !== 1) },
  );
  expect(store.read('s', { from: 1 }).map(({ revision }) => revision)).toEqual([2, 3, 4]);
  expect(store.state.all.at(-1)).toMatchObject({ revision: 4, position: 4 });
});

test.each([
  ['', [{ type: 'x' }], {}, 'the stream must be a string'],
  ['s', [{ type: '' }], {}, 'events[0] has no type'],
  ['s', [{ type: 'x', data: 1n }], {}, 'events[0].data is a BigInt'],
  ['s', [{ type: 'x' }], { expectedRevision: -1 }, 'expectedRevision must be'],
  ['s', [{ type: 'x' }], { expectedRevision: 1n }, 'expectedRevision must be'],
])('append(%j, …) is refused at once: %#', (stream, events, options, sentence) => {
  const { entries } = play({
    *writer({ store }) {
      expect(() => store.append(stream, events, options as never)).toThrow(sentence);
      yield undefined;
    },
  });
  expect(entries.map(({ type }) => type)).toEqual(['node.started']);
});
