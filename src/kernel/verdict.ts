/** A sentence for people, in both languages of the product. */
export interface Message {
  readonly ru: string;
  readonly en: string;
}

/** The closed list of ways to be wrong. A lesson's rule names the one that its failure would be. */
export const anomalies = [
  'lost',
  'duplicate-effect',
  'phantom',
  'reordered',
  'early-ack',
  'unbounded',
  'stuck',
  'slow',
  'stale',
  'drifted',
  'effect-on-replay',
  'broken-invariant',
  'broken-chain',
  'mutated-event',
  'off-contract',
  'uncaused',
] as const;
export type Anomaly = (typeof anomalies)[number];

/** `evidence` are the seqs of the entries that show it. `unknown` only where a rule could not be evaluated at all. */
export type Verdict =
  | { readonly outcome: 'passed' }
  | {
      readonly outcome: 'failed';
      readonly rule: string;
      readonly anomaly: Anomaly;
      readonly because: Message;
      readonly evidence: readonly number[];
    }
  | { readonly outcome: 'unknown'; readonly rule?: string; readonly because: Message };
