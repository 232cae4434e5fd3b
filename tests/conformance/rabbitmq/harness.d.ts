/** The content of a message that is this value's text. */
export type Content = (value: unknown) => Uint8Array;

/** What a script is written with; see `harness.js`. */
export type Script = (x: object, B: Content) => Promise<unknown>;

export const B: Content;

export function stage(url: string): {
  readonly x: object;
  readonly trace: readonly unknown[];
  readonly end: () => Promise<void>;
};
