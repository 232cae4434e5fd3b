import { expect, test } from 'vitest';
import conformance from './conformance.json' with { type: 'json' };
import type { StreamMetadata } from './retention.ts';
import type { ExpectedRevision } from './state.ts';
import { play, type Stage } from './story.testing.ts';

interface Step {
  readonly append?: readonly string[];
  readonly deleteStream?: true;
  readonly tombstone?: true;
  readonly setStreamMetadata?: { readonly maxCount?: number; readonly truncateBefore?: number };
  readonly readStream?: true;
  readonly expected?: ExpectedRevision;
  readonly next?: number;
  readonly revisions?: readonly number[];
  readonly error?: string;
  readonly actual?: number | 'no_stream';
  /** A client that was asked not to throw says it in this way. */
  readonly resolves?: { readonly success: false };
}

const stream = 'stream-1';

function perform(store: Stage['store'], step: Step) {
  const options = step.expected === undefined ? {} : { expectedRevision: step.expected };
  if (step.append)
    return store.append(
      stream,
      step.append.map((id) => ({ type: 'happened', id })),
      options,
    );
  if (step.deleteStream) return store.delete(stream, options);
  if (step.tombstone) return store.tombstone(stream, options);
  const { maxCount, truncateBefore } = step.setStreamMetadata!;
  const metadata: StreamMetadata = {
    ...(maxCount === undefined ? {} : { $maxCount: maxCount }),
    ...(truncateBefore === undefined ? {} : { $tb: truncateBefore }),
  };
  return store.setMetadata(stream, metadata);
}

for (const { id, source, steps, ...expected } of conformance.vectors)
  test(`${id}: ${source}`, () => {
    expect.hasAssertions();
    play({
      *writer({ store }) {
        for (const step of steps as readonly Step[]) {
          let outcome: unknown;
          try {
            if (step.readStream) outcome = store.read(stream);
            else outcome = yield perform(store, step);
          } catch (error) {
            outcome = error;
          }
          if (step.error === 'StreamNotFound') expect(outcome).toEqual([]);
          else if (step.error ?? step.resolves)
            expect(outcome).toMatchObject({
              name: step.error ?? 'WrongExpectedVersion',
              ...(step.actual === undefined ? {} : { actual: step.actual }),
            });
          else if (step.revisions) expect(outcome).toMatchObject(step.revisions.map((revision) => ({ revision })));
          else if (step.next !== undefined) expect(outcome).toMatchObject({ revision: step.next });
          else expect(outcome).not.toBeInstanceOf(Error);
        }
        if (expected.eventsInStream !== undefined)
          expect(store.state.streams.get(stream) ?? []).toHaveLength(expected.eventsInStream);
      },
    });
  });
