import type { WorldFact } from '../../brokers/facts.ts';
import type { Projection } from '../../kernel/projection.ts';
import { Cursor } from '../../views/cursor.ts';
import type { Recording } from './recording.svelte.ts';

/** A projection of a recording at its cursor, or of all that was recorded; computed when somebody looks. */
export class Moment<S> {
  readonly #moment: { readonly state: S };

  constructor(recording: Recording, projection: () => Projection<S, WorldFact>, until: 'cursor' | 'recorded') {
    const cursor = $derived({ of: new Cursor(projection()), entries: recording.entries });
    // A new object each time: the state is the same one, changed.
    this.#moment = $derived.by(() => ({
      state: cursor.of.seek(recording.entries, until === 'cursor' ? recording.end : recording.length),
    }));
  }

  get current(): S {
    return this.#moment.state;
  }
}
