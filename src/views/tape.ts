import type { WorldFact } from '../brokers/facts.ts';
import type { Projection } from '../kernel/projection.ts';
import { upTo } from './cursor.ts';
import { flights, type Flight, type FlightsState } from './flights.ts';

export type MarkKind = 'publish' | 'append' | 'effect' | 'call' | 'fault' | 'crash' | 'restart' | 'failure' | 'refusal';

/** A point on a lane. */
export interface Mark {
  readonly time: number;
  readonly lane: string;
  readonly kind: MarkKind;
  readonly seq: number;
}

/** The time in which a handler was busy with one delivery. `to` is absent while it is. */
export interface Bar {
  readonly from: number;
  to?: number;
  readonly lane: string;
  failed: boolean;
  readonly seq: number;
}

export interface TapeState {
  /** Lanes in the order in which their nodes appeared. */
  readonly lanes: string[];
  readonly marks: Mark[];
  readonly bars: Bar[];
  readonly busy: Map<string, Bar>;
  readonly flights: FlightsState;
  /** The longest finished bar, virtual ms: it bounds the search for what reaches into a window. */
  longest: number;
}

const markOf: Partial<Record<WorldFact['type'], MarkKind>> = {
  'bus.published': 'publish',
  'store.appended': 'append',
  'store.rejected': 'refusal',
  'world.effected': 'effect',
  'call.sent': 'call',
  'fault.struck': 'fault',
  'node.crashed': 'crash',
  'node.restarted': 'restart',
  'node.failed': 'failure',
  'call.failed': 'failure',
};

/** The run over time: a lane for each node, with points, busy stretches and the messages between the lanes. */
export const tape: Projection<TapeState, WorldFact> = {
  initial: () => ({
    lanes: [],
    marks: [],
    bars: [],
    busy: new Map(),
    flights: flights.initial(),
    longest: 0,
  }),
  evolve(state, entry) {
    flights.evolve(state.flights, entry);
    if (!state.lanes.includes(entry.node)) state.lanes.push(entry.node);
    const kind = markOf[entry.type];
    if (kind) state.marks.push({ time: entry.time, lane: entry.node, kind, seq: entry.seq });
    if (entry.type === 'bus.delivered') {
      const bar: Bar = { from: entry.time, lane: entry.node, failed: false, seq: entry.seq };
      state.bars.push(bar);
      state.busy.set(`${entry.id} ${entry.subscription} ${entry.attempt}`, bar);
    } else if (entry.type === 'bus.handled') {
      const key = `${entry.id} ${entry.subscription} ${entry.attempt}`;
      const bar = state.busy.get(key);
      if (!bar) return;
      state.busy.delete(key);
      finish(state, bar, entry.time, entry.error !== undefined);
    } else if (entry.type === 'node.crashed') {
      for (const [key, bar] of state.busy)
        if (bar.lane === entry.node) {
          state.busy.delete(key);
          finish(state, bar, entry.time, true);
        }
    }
  },
};

function finish(state: TapeState, bar: Bar, time: number, failed: boolean): void {
  bar.to = time;
  bar.failed = failed;
  state.longest = Math.max(state.longest, time - bar.from);
}

/** A stretch of time (virtual ms) and how many pixels it has. */
export interface Window {
  readonly from: number;
  readonly to: number;
  readonly width: number;
}

/** What a window shows, in pixels from its left edge. Things that fall on the same pixels are drawn once. */
export interface Picture {
  readonly marks: readonly { readonly x: number; readonly mark: Mark }[];
  readonly bars: readonly { readonly x: number; readonly width: number; readonly bar: Bar }[];
  readonly lines: readonly { readonly x: number; readonly end: number; readonly flight: Flight }[];
}

/** Draws at most a few things a pixel and lane, however long the run: level of detail is the width of the window. */
export function picture(state: TapeState, window: Window): Picture {
  const scale = window.width / (window.to - window.from);
  const at = (time: number) => (time - window.from) * scale;

  const marks: { x: number; mark: Mark }[] = [];
  const takenMarks = new Taken();
  const lastMark = upTo(state.marks, window.to, (mark) => mark.time);
  for (let i = upTo(state.marks, window.from - 8 / scale, (mark) => mark.time); i < lastMark; i++) {
    const mark = state.marks[i]!;
    const x = at(mark.time);
    if (takenMarks.take(mark.lane, mark.kind, Math.round(x))) marks.push({ x, mark });
  }

  const bars: { x: number; width: number; bar: Bar }[] = [];
  const reach = { true: new Map<string, number>(), false: new Map<string, number>() };
  const draw = (bar: Bar, to: number) => {
    const x = Math.max(at(bar.from), -1);
    const end = Math.min(Math.max(at(to), x + 1), window.width + 1);
    const reached = reach[`${bar.failed}`];
    if (end <= (reached.get(bar.lane) ?? -2)) return;
    reached.set(bar.lane, Math.ceil(end));
    bars.push({ x, width: end - x, bar });
  };
  const lastBar = upTo(state.bars, window.to, (bar) => bar.from);
  for (let i = upTo(state.bars, window.from - state.longest, (bar) => bar.from); i < lastBar; i++) {
    const bar = state.bars[i]!;
    if (bar.to !== undefined && bar.to >= window.from) draw(bar, bar.to);
  }
  for (const bar of state.busy.values()) if (bar.from <= window.to) draw(bar, window.to);

  const lines: { x: number; end: number; flight: Flight }[] = [];
  const takenLines = { first: new Taken(), again: new Taken(), copy: new Taken(), lost: new Taken() };
  const { landed, longest } = state.flights;
  for (let i = upTo(landed, window.from - 1 / scale, (flight) => flight.told!); i < landed.length; i++) {
    const flight = landed[i]!;
    if (flight.told! > window.to + longest) break;
    if (flight.sent > window.to || flight.received! < window.from) continue;
    const x = at(flight.sent);
    const end = at(flight.received!);
    const pixels = Math.round(x) * 65_536 + Math.round(end);
    if (takenLines[flight.fate].take(flight.from, flight.to, pixels)) lines.push({ x, end, flight });
  }
  return { marks, bars, lines };
}

/** Remembers which pixels were drawn on last for a pair of names; things come in the order of time. */
class Taken {
  readonly #last = new Map<string, Map<string, number>>();

  /** Whether the pixels were still free. */
  take(one: string, other: string, pixels: number): boolean {
    let last = this.#last.get(one);
    if (!last) this.#last.set(one, (last = new Map<string, number>()));
    if (last.get(other) === pixels) return false;
    last.set(other, pixels);
    return true;
  }
}
