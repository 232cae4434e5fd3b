/** A stretch of virtual time, ms. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** The shortest stretch that can be zoomed to, virtual ms. */
const shortest = 5;
const rounds = [1, 2, 5, 10];
/** Finer than those of ticks: a run leaves little of its tape empty. */
const lengths = [1, 1.5, 2, 3, 4, 5, 6, 8, 10];

/** The least round stretch from 0 that holds `time`: it grows in steps, so that a tape in the making stands still. */
export function roundSpan(time: number): Span {
  const least = Math.max(time * 1.02, 2_000);
  const power = 10 ** Math.floor(Math.log10(least));
  const to = power * lengths.find((round) => round * power >= least)!;
  return { from: 0, to };
}

/** Zooms by a factor around a time, within 0 and `end`. */
export function zoomed(span: Span, factor: number, around: number, end: number): Span {
  const length = Math.min(Math.max((span.to - span.from) / factor, shortest), end);
  const from = around - ((around - span.from) / (span.to - span.from)) * length;
  return moved({ from, to: from + length }, 0, end);
}

/** Moves by so many ms, within 0 and `end`. */
export function moved({ from, to }: Span, by: number, end: number): Span {
  const length = to - from;
  const start = Math.max(0, Math.min(from + by, end - length));
  return { from: start, to: start + length };
}

/** Round times for the ticks of a span, at least `apart` ms from each other. */
export function ticks({ from, to }: Span, apart: number): number[] {
  const power = 10 ** Math.floor(Math.log10(apart));
  const step = power * rounds.find((round) => round * power >= apart)!;
  const first = Math.ceil(from / step);
  return Array.from({ length: Math.floor(to / step) - first + 1 }, (_, i) => (first + i) * step);
}
