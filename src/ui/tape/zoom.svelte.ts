import type { Recording } from '../workbench/recording.svelte.ts';
import { moved, roundSpan, zoomed, type Span } from './scale.ts';

/** The stretch of a recording that the tape shows: all of it, until one is chosen by hand. */
export class Zoom {
  readonly #recording: Recording;
  #chosen = $state.raw<Span | undefined>();

  constructor(recording: Recording) {
    this.#recording = recording;
  }

  readonly whole = $derived.by(() => roundSpan(Math.max(this.#recording.known, this.#recording.time)));

  /** The chosen stretch goes with a playhead that plays out of it. */
  readonly span = $derived.by(() => {
    const { time, playing } = this.#recording;
    const span = this.#chosen;
    if (!span) return this.whole;
    if (!playing || (time >= span.from && time <= span.to)) return span;
    return moved(span, time - span.from - (span.to - span.from) * 0.1, this.whole.to);
  });

  /** Zooms by a factor around a time, the playhead's when left out. */
  by(factor: number, around = this.#recording.time): void {
    const { span, whole } = this;
    this.#chosen = zoomed(span, factor, Math.min(Math.max(around, span.from), span.to), whole.to);
  }

  /** Moves by so many virtual ms. */
  move(by: number): void {
    this.#chosen = moved(this.span, by, this.whole.to);
  }

  /** Shows the whole run. */
  fit(): void {
    this.#chosen = undefined;
  }
}
