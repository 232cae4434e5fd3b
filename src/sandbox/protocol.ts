import type { Failure } from '../kernel/facts.ts';
import type { Input, Recipe, Trial } from '../kernel/run.ts';
import type { StoredEvent } from '../kernel/stored.ts';
import type { Message, Verdict } from '../kernel/verdict.ts';

/** From the host to the realm. Everything that crosses the wall is one of these or a `Report`. */
export type Command =
  /** Load the program and stand at virtual time 0. `keep`: appends wait until the host has committed them. */
  | { readonly op: 'play'; readonly recipe: Recipe; readonly keep: boolean }
  /** The run may go on to this virtual time; `Infinity` is "to the end". */
  | { readonly op: 'grant'; readonly time: number }
  /** Something the learner does. It happens when the run stands at the end of a grant; `did` says when that was. */
  | { readonly op: 'input'; readonly input: Input }
  /** The answer to `commit`. */
  | { readonly op: 'committed'; readonly refused?: string }
  /** One batch of entries was taken in: one more may be sent. */
  | { readonly op: 'received' }
  /** Fold these events of one stream by whatever the program folds with, from a snapshot's state if there is one. */
  | {
      readonly op: 'fold';
      readonly stream: string;
      readonly events: readonly StoredEvent[];
      readonly snapshot?: { readonly state: unknown };
    }
  /** Play every seed under every plan of faults and judge each run by the program's rules. */
  | {
      readonly op: 'judge';
      readonly trials: readonly Trial[];
      readonly stored: readonly StoredEvent[];
      readonly until: number;
    };

/**
 * A stream folded by the program's own code. `states[0]` is the state before the first event, `states[n]` after n of them;
 * `ms` is how long the folding took (real ms). `failed`: the code threw at event number `at` of those given.
 */
export type Folded =
  | { readonly by: string; readonly file: string; readonly states: readonly unknown[]; readonly ms: number }
  | { readonly failed: Failure; readonly at: number }
  | { readonly nothing: true };

export type { Trial };

/** From the realm to the host: untrusted, see `report.ts`. */
export type Report =
  | { readonly op: 'ready' }
  /** The worker is alive and not waiting; at least every 250 ms of real time while it works. */
  | { readonly op: 'beat' }
  /** A batch of entries, one JSON text a line, in the order of `seq`. */
  | { readonly op: 'entries'; readonly lines: string }
  | { readonly op: 'commit'; readonly events: readonly StoredEvent[] }
  /** The granted time is used up: the run stands at `time`; the next thing happens at `next`. */
  | { readonly op: 'paused'; readonly time: number; readonly next: number }
  /** An input happened, with the time that it got: from now on it is part of the recipe. */
  | { readonly op: 'did'; readonly input: Input }
  | { readonly op: 'ended'; readonly because: Ending; readonly time: number }
  /** How the check goes on: trials done so far, and what was found for each rule (`id` → verdict). */
  | { readonly op: 'judging'; readonly done: number; readonly of: number }
  | { readonly op: 'judged'; readonly judgement: Judgement }
  | { readonly op: 'folded'; readonly folded: Folded }
  /** A bug of ours. */
  | { readonly op: 'broken'; readonly message: string };

/** `rest`: nothing is left to happen; `until`: the limit of virtual time; `stopped`: a budget was exceeded. */
export type Ending = 'rest' | 'until' | 'stopped';

/** What a check found. `goals` has one verdict a rule, the worst over all trials; `verdict` is the first that failed. */
export interface Judgement {
  readonly verdict: Verdict;
  readonly goals: Readonly<Record<string, Verdict>>;
  readonly runs: number;
  /** The trial that shows the failure. */
  readonly trial?: Trial;
}

/** What is wrong with a program before it runs. Syntax and rule problems forbid a run, type problems do not. */
export interface Problem {
  readonly kind: 'syntax' | 'type' | 'rule';
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: Message | string;
}
