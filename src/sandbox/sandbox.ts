import { BehaviorSubject, Subject, type Observable } from 'rxjs';
import type { Entry } from '../kernel/journal.ts';
import type { Input, Recipe } from '../kernel/run.ts';
import type { StoredEvents } from '../kernel/stored.ts';
import type { Command, Ending, Folded, Judgement, Report, Trial } from './protocol.ts';
import { Line } from './line.ts';

/**
 * How a run goes on. `ended`: nothing more will happen by itself; an input may wake it up again. `hung`: its worker gave no sign of life for a second and was removed. `broken`: something of ours
 * failed; `message` says what. `next` is when the next thing happens (virtual ms), as far as that is known.
 */
export interface RunState {
  readonly phase: 'loading' | 'paused' | 'running' | 'ended' | 'hung' | 'broken';
  readonly time: number;
  readonly next?: number;
  readonly because?: Ending;
  readonly message?: string;
}

/** Makes what learner code appends durable; answers with the reason when it could not. */
export type Keeper = (events: StoredEvents) => Promise<string | undefined>;

/** One run in its own frame. Nothing of it survives `stop()`. */
export interface LiveRun<E extends Entry = Entry> {
  /** Batches, in order. Their shape is what the journal promises; their content is the learner's. */
  readonly entries$: Observable<readonly E[]>;
  readonly state$: Observable<RunState>;
  /** What was done to the run from outside, with the virtual time at which it happened: by the learner, and by a store that refused. */
  readonly inputs$: Observable<Input>;
  /** Lets the run go on to this virtual time; `Infinity` is to its end. */
  grant(time: number): void;
  /** Does something to the run where it stands; the time in `input` is replaced by that. */
  input(input: Input): void;
  stop(): void;
}

/** Starts a run and lets it stand at virtual time 0. Without a keeper nothing outlives it. */
export function play<E extends Entry>(script: string, recipe: Recipe, keeper?: Keeper): LiveRun<E> {
  const entries$ = new Subject<readonly E[]>();
  const inputs$ = new Subject<Input>();
  const state$ = new BehaviorSubject<RunState>({ phase: 'loading', time: 0 });
  let expected = 0;
  let commits = 0;

  const end = (state: RunState) => {
    line.close();
    state$.next(state);
  };
  const take = (lines: string) => {
    // No line has a line break inside, and one parse is faster than thousands.
    const batch = JSON.parse(`[${lines.replaceAll('\n', ',')}]`) as E[];
    for (const { seq } of batch) if (seq !== expected++) throw new Error(`entry ${seq} came as number ${expected - 1}`);
    entries$.next(batch);
    line.send({ op: 'received' });
  };
  const commit = async (events: StoredEvents) => {
    const number = commits++;
    const refused = await keeper?.(events);
    if (refused !== undefined)
      inputs$.next({ time: state$.value.time, do: 'refuse', commit: number, because: refused });
    line.send(refused === undefined ? { op: 'committed' } : { op: 'committed', refused });
  };
  const hear = (report: Report): void => {
    const { time } = state$.value;
    switch (report.op) {
      case 'ready':
        line.send({ op: 'play', recipe, keep: keeper !== undefined });
        break;
      case 'entries':
        take(report.lines);
        break;
      case 'commit':
        commit(report.events).catch((error: unknown) => end({ phase: 'broken', time, message: String(error) }));
        break;
      case 'paused':
        state$.next({ phase: 'paused', time: report.time, next: report.next });
        break;
      case 'did':
        inputs$.next(report.input);
        break;
      case 'ended':
        state$.next({ phase: 'ended', time: report.time, because: report.because });
        break;
      case 'broken':
        end({ phase: 'broken', time, message: report.message });
    }
  };
  const line = new Line(script, {
    hear,
    hung: () => end({ phase: 'hung', time: state$.value.time }),
    broke: (message) => end({ phase: 'broken', time: state$.value.time, message }),
  });
  return {
    entries$,
    state$,
    inputs$,
    grant(time) {
      if (state$.value.phase === 'paused') state$.next({ phase: 'running', time: state$.value.time });
      line.send({ op: 'grant', time });
    },
    input(input) {
      const { phase, time } = state$.value;
      if (phase === 'paused' || phase === 'ended') state$.next({ phase: 'running', time });
      line.send({ op: 'input', input });
    },
    stop: () => line.close(),
  };
}

/** Folds events of one stream by the program's own `evolve` or `applyEvent`, in a frame of its own. Rejects with a `CheckFailed`. */
export function fold(
  script: string,
  stream: string,
  events: StoredEvents,
  snapshot?: { readonly state: unknown },
): { readonly result: Promise<Folded>; stop(): void } {
  const { answer, stop } = ask(script, { op: 'fold', stream, events, ...(snapshot ? { snapshot } : {}) }, (report) =>
    report.op === 'folded' ? report.folded : undefined,
  );
  return { result: answer, stop };
}

/** A check that is going on. `judgement` rejects with a `CheckFailed` when the code hung or something of ours broke. */
export interface LiveCheck {
  readonly progress$: Observable<{ readonly done: number; readonly of: number }>;
  readonly judgement: Promise<Judgement>;
  stop(): void;
}

/** `hung`: the code gave no sign of life and was removed; `broken`: something of ours failed; `stopped`: by `stop()`. */
export class CheckFailed extends Error {
  override readonly name = 'CheckFailed';
  readonly why: 'hung' | 'broken' | 'stopped';
  constructor(why: 'hung' | 'broken' | 'stopped', message = why as string) {
    super(message);
    this.why = why;
  }
}

/** Plays every trial in one frame, in memory, and judges the runs by the program's rules. */
export function judge(script: string, trials: readonly Trial[], stored: StoredEvents, until: number): LiveCheck {
  const progress$ = new BehaviorSubject({ done: 0, of: trials.length });
  const { answer, stop } = ask(script, { op: 'judge', trials, stored, until }, (report) => {
    if (report.op === 'judging') progress$.next({ done: report.done, of: report.of });
    return report.op === 'judged' ? report.judgement : undefined;
  });
  return { progress$, judgement: answer.finally(() => progress$.complete()), stop };
}

/** Opens a frame for one question and closes it with the answer: the first report of which `read` makes something. */
function ask<T>(script: string, command: Command, read: (report: Report) => T | undefined) {
  let stop = (): void => undefined;
  const answer = new Promise<T>((resolve, reject) => {
    const fail = (why: CheckFailed['why'], message?: string) => {
      line.close();
      reject(new CheckFailed(why, message));
    };
    const line = new Line(script, {
      hear(report) {
        if (report.op === 'ready') line.send(command);
        if (report.op === 'broken') fail('broken', report.message);
        const found = read(report);
        if (found === undefined) return;
        line.close();
        resolve(found);
      },
      hung: () => fail('hung'),
      broke: (message) => fail('broken', message),
    });
    stop = () => fail('stopped');
  });
  return { answer, stop: () => stop() };
}
