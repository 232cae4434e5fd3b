import type { StoredEvents } from './stored.ts';

/** What the learner did during a run, at a virtual time: part of the run, so that the same run can be had again. */
export type Input =
  | { readonly time: number; readonly do: 'publish'; readonly event: string; readonly data: unknown }
  | { readonly time: number; readonly do: 'crash' | 'restart' | 'pause' | 'resume'; readonly node: string }
  /** To a message on its way over a link (`from>to`), or waiting at a subscription (`node:pattern`). Nothing, where it is not there. */
  | {
      readonly time: number;
      readonly do: 'deliver' | 'duplicate' | 'drop';
      readonly id: string;
      readonly place: string;
    }
  | { readonly time: number; readonly do: 'delay'; readonly id: string; readonly place: string; readonly by: number }
  /** `cut`: the connections of a node break for so long; `slow`: its handlers take so much longer from now on. Virtual ms. */
  | { readonly time: number; readonly do: 'cut' | 'slow'; readonly node: string; readonly by: number }
  /** A projection is begun anew from the first event, beside the one that goes on. */
  | { readonly time: number; readonly do: 'rebuild'; readonly node: string }
  /** The outer store refused a commit (quota, another tab): the `commit`th that it was asked for, from 0. */
  | { readonly time: number; readonly do: 'refuse'; readonly commit: number; readonly because: string };

/** Everything that a run is a function of, but for the program itself. The same recipe gives the same journal, byte for byte. */
export interface Recipe {
  readonly seed: number;
  /** In the one grammar of faults, `kind@place:amount`, comma-separated; empty for none. */
  readonly faults: string;
  readonly inputs: readonly Input[];
  readonly stored: StoredEvents;
  /** The run ends at rest or at this virtual time (ms), whichever comes first. */
  readonly until: number;
}

/** The recipe together with what is played by it: enough to share, to save and to run again. */
export interface Run extends Recipe {
  readonly files: Readonly<Record<string, string>>;
  readonly scenario: string;
}

/** One run of a check: its seed and its plan of faults. */
export interface Trial {
  readonly seed: number;
  readonly faults: string;
}
