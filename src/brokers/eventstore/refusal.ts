import type { ExpectedRevision } from './state.ts';

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

/** The store could not make the events durable; nothing was written. `because` is its reason. */
export class StoreRefused extends Error {
  override readonly name = 'StoreRefused';
  readonly stream: string;
  readonly because: string;

  constructor(stream: string, because: string) {
    super(`the append to ${stream} was refused: ${because}`);
    this.stream = stream;
    this.because = because;
  }
}
