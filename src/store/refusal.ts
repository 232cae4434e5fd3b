import type { Head } from './head.ts';

/**
 * `conflict`: somebody else changed it since; `quota`: no room; `lost`: the browser dropped the connection and did not
 * give it back; `damaged`: what is stored cannot be read.
 */
export type RefusalCause = 'conflict' | 'quota' | 'lost' | 'damaged';

/** The store did not do what it was asked to, and nothing is changed. Not a bug: the page has a sentence for each. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly because: RefusalCause;

  constructor(because: RefusalCause, message: string, options?: ErrorOptions) {
    super(message, options);
    this.because = because;
  }
}

/** The writer saw the store end at `expected`; it ends at `actual`. */
export class Conflict extends Refusal {
  readonly expected: Head;
  readonly actual: Head;

  constructor(expected: Head, actual: Head) {
    super('conflict', `The store ends at position ${actual.position}, the writer saw ${expected.position}`);
    this.expected = expected;
    this.actual = actual;
  }
}
