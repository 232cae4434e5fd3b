import type { ExpectedRevision, Rejection } from './state.ts';

/** Somebody else has written to the stream since the writer looked; nothing was written. `actual` is its last revision. */
export class WrongExpectedVersion extends Error {
  override readonly name = 'WrongExpectedVersion';
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly actual: number | 'no_stream';

  constructor(stream: string, expected: ExpectedRevision, actual: number) {
    const found = actual < 0 ? 'no_stream' : actual;
    super(`${stream} was expected at revision ${expected}, it is at ${found}`);
    this.stream = stream;
    this.expected = expected;
    this.actual = found;
  }
}

/** The stream was ended by a tombstone: it can be neither read nor written any more. */
export class StreamDeleted extends Error {
  override readonly name = 'StreamDeleted';
  readonly stream: string;

  constructor(stream: string) {
    super(`${stream} is deleted for ever`);
    this.stream = stream;
  }
}

/** The store could not make the events durable; nothing was written. `reason` is its own. */
export class StoreRefused extends Error {
  override readonly name = 'StoreRefused';
  readonly stream: string;
  readonly reason: string;

  constructor(stream: string, reason: string) {
    super(`the append to ${stream} was refused: ${reason}`);
    this.stream = stream;
    this.reason = reason;
  }
}

/** No answer came: the events may be there or not. Appending them again with the same ids is safe. */
export class StoreTimeout extends Error {
  override readonly name = 'StoreTimeout';
  readonly stream: string;

  constructor(stream: string, ms: number) {
    super(`the store did not answer the append to ${stream} within ${ms} ms`);
    this.stream = stream;
  }
}

/** Why nothing was written, as the writer is told. */
export type Refusal = WrongExpectedVersion | StreamDeleted | StoreRefused;

/** The same as the journal says it. */
export function rejection(refusal: Refusal): Rejection {
  switch (refusal.name) {
    case 'WrongExpectedVersion': {
      const { expected, actual } = refusal;
      return { because: 'wrong-expected-revision', expected, actual: actual === 'no_stream' ? -1 : actual };
    }
    case 'StreamDeleted':
      return { because: 'stream-deleted' };
    case 'StoreRefused':
      return { because: 'refused', message: refusal.reason };
  }
}
