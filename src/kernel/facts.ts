/** A place in a file of the learner: 1-based line and column. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** An error as the journal keeps it: no stack, the message in the words of V8 whatever the engine. */
export interface Failure {
  readonly name: string;
  readonly message: string;
  readonly at?: Place;
}

/** The run was stopped because one step of learner code went over a budget of the kernel. */
export type BudgetName = 'loop' | 'microtasks' | 'entries' | 'burst' | 'tasks';

export type NodeFact =
  | { readonly type: 'node.started'; readonly file: string }
  | { readonly type: 'node.crashed'; readonly because: 'fault' | 'input' }
  | { readonly type: 'node.restarted'; readonly file: string; readonly incarnation: number }
  /** `load`: the file threw while it was evaluated; `unhandled`: a rejection or a timer's error that nobody caught; `budget`: it would not stop. */
  | {
      readonly type: 'node.failed';
      readonly during: 'load' | 'unhandled' | 'budget';
      readonly budget?: BudgetName;
      readonly error: Failure;
    };

/** `call(service, method, ...args)`: a request to another service over a link that can fail. `id` pairs the three. */
export type CallFact =
  | {
      readonly type: 'call.sent';
      readonly id: string;
      readonly to: string;
      readonly method: string;
      readonly args: readonly unknown[];
      readonly at?: Place;
    }
  | { readonly type: 'call.answered'; readonly id: string; readonly value?: unknown }
  | { readonly type: 'call.failed'; readonly id: string; readonly error: Failure };

/** What the world does to a run. `place` is written as on the command line; `id` is the message that it struck, if any. */
export interface FaultStruck {
  readonly type: 'fault.struck';
  readonly kind: string;
  readonly place: string;
  readonly id?: string;
}

export interface ConsoleLogged {
  readonly type: 'console.logged';
  readonly level: 'log' | 'info' | 'warn' | 'error' | 'debug';
  readonly text: string;
  readonly at?: Place;
}

/** Something in the outer world that no replay takes back: a letter, a charge. `key` is what makes it the same effect. */
export interface WorldEffected {
  readonly type: 'world.effected';
  readonly kind: string;
  readonly key: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly at?: Place;
}

/** Facts that no broker owns. Frozen by `facts.test.ts`: lessons, views and saved runs read them by these names. */
export type KernelFact = NodeFact | CallFact | FaultStruck | ConsoleLogged | WorldEffected;

export const kernelFactTypes = [
  'node.started',
  'node.crashed',
  'node.restarted',
  'node.failed',
  'call.sent',
  'call.answered',
  'call.failed',
  'fault.struck',
  'console.logged',
  'world.effected',
] as const satisfies readonly KernelFact['type'][];
