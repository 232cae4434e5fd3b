import type { Failure } from '../kernel/facts.ts';
import { anomalies, type Anomaly, type Message, type Verdict } from '../kernel/verdict.ts';
import type { History } from './history.ts';

/** How a rule is broken: a sentence, and the seqs of the entries that show it. */
export interface Finding {
  readonly because: Message;
  readonly evidence: readonly number[];
}

/** One thing that a lesson demands. */
export interface Rule {
  /** Unique in its lesson; goals and known-wrong solutions name it. */
  readonly id: string;
  /** What breaking it is called. */
  readonly anomaly: Anomaly;
  /**
   * `always`: in every run, from its first entry to its last. `eventually`: in every run, when it has come to its end;
   * one that had to be stopped has none. `sometimes`: in at least one run of a check; it keeps other rules from being
   * kept by doing nothing.
   */
  readonly kind: 'always' | 'eventually' | 'sometimes';
  /** Where the evidence is best seen. */
  readonly on: 'journal' | 'readModel' | 'world';
  readonly title: Message;
  /** Runs of the same seed and faults that the rule compares with the ordinary one; the scenario makes them different. */
  readonly variants?: readonly string[];
  /** `undefined` when the rule holds. `variant` gives the compared run of that name. */
  readonly test: (history: History, variant: (name: string) => History) => Finding | undefined;
}

/**
 * The rules of a lesson. Their order matters: the first broken one names the verdict, so a rule stands before those
 * that break as a consequence of it.
 *
 * @throws TypeError for an unknown anomaly or an id that is there twice: mistakes of whoever writes a lesson.
 */
export function rules(list: readonly Rule[]): readonly Rule[] {
  const ids = new Set<string>();
  for (const { id, anomaly } of list) {
    if (!anomalies.includes(anomaly)) throw new TypeError(`rule ${id}: there is no anomaly "${String(anomaly)}"`);
    if (ids.has(id)) throw new TypeError(`rule ${id} is there twice`);
    ids.add(id);
  }
  return list;
}

/** The variants that must be played beside every ordinary run of these rules. */
export function variantsOf(rules: readonly Rule[]): readonly string[] {
  return [...new Set(rules.flatMap((rule) => rule.variants ?? []))];
}

/** What was found so far. `goals` holds one verdict a rule; `trial` is the first one that shows the failure. */
export interface Judged<T> {
  readonly verdict: Verdict;
  readonly goals: Readonly<Record<string, Verdict>>;
  readonly runs: number;
  readonly trial?: T;
}

const severity = { passed: 0, unknown: 1, failed: 2 } as const;

/** Judges run after run; a run is forgotten as soon as it was heard. `T` is whatever names a run to the caller. */
export class Judge<T> {
  readonly #rules: readonly Rule[];
  readonly #found = new Map<string, { readonly verdict: Verdict; readonly trial: T }>();
  #runs = 0;

  constructor(rules: readonly Rule[]) {
    this.#rules = rules;
  }

  /** Takes one run in, with the runs that its rules compare it with. */
  hear(trial: T, history: History, variants: Readonly<Record<string, History>> = {}): void {
    this.#runs++;
    for (const rule of this.#rules) {
      const settled = rule.kind === 'sometimes' ? 'passed' : 'failed';
      const before = this.#found.get(rule.id)?.verdict.outcome;
      if (before === settled) continue;
      const verdict = tried(rule, history, variants);
      const nearer = (outcome: Verdict['outcome']) => Math.abs(severity[settled] - severity[outcome]);
      if (!before || nearer(verdict.outcome) < nearer(before)) this.#found.set(rule.id, { verdict, trial });
    }
  }

  /** The first failure in the order of the rules, else the first unknown, else passed. No run at all is unknown. */
  get judgement(): Judged<T> {
    const goals: Record<string, Verdict> = {};
    let worst: { readonly verdict: Verdict; readonly trial?: T } = { verdict: { outcome: 'passed' } };
    for (const rule of this.#rules) {
      const found = this.#found.get(rule.id) ?? { verdict: unplayed };
      goals[rule.id] = found.verdict;
      if (severity[found.verdict.outcome] > severity[worst.verdict.outcome]) worst = found;
    }
    return { goals, runs: this.#runs, ...worst };
  }
}

const unplayed: Verdict = {
  outcome: 'unknown',
  because: { ru: 'Не было ни одного прогона.', en: 'Nothing was played.' },
};

function tried(rule: Rule, history: History, variants: Readonly<Record<string, History>>): Verdict {
  try {
    const look = () => rule.test(history, (name) => variants[name] ?? missingVariant(name));
    const finding = rule.kind === 'eventually' ? (stopped(history) ?? withFailure(look(), history)) : look();
    if (!finding) return { outcome: 'passed' };
    return { outcome: 'failed', rule: rule.id, anomaly: rule.anomaly, ...finding };
  } catch (error) {
    const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    const because = {
      ru: `Правило не смогло посмотреть на прогон: ${message}`,
      en: `The rule could not look at the run: ${message}`,
    };
    return { outcome: 'unknown', rule: rule.id, because };
  }
}

function missingVariant(name: string): never {
  throw new RangeError(`the run "${name}" was not played`);
}

/** A run that had to be stopped never ends, so nothing holds at its end. */
function stopped(history: History): Finding | undefined {
  const stop = history.of('node.failed').find(({ during }) => during === 'budget');
  if (!stop) return undefined;
  const place = placeOf(stop.error);
  return {
    because: {
      ru: `Прогон пришлось остановить: ${stop.node} работает без конца${place}.`,
      en: `The run had to be stopped: ${stop.node} works without end${place}.`,
    },
    evidence: [stop.seq],
  };
}

/** What did not happen often did not because a node had failed: then that is said as well. */
function withFailure(finding: Finding | undefined, history: History): Finding | undefined {
  const [failure] = history.of('node.failed');
  if (!finding || !failure) return finding;
  const { because, evidence } = finding;
  const { name, message } = failure.error;
  const place = placeOf(failure.error);
  return {
    because: {
      ru: `${because.ru} Перед этим ${failure.node} упал с ошибкой: ${name}: ${message}${place}.`,
      en: `${because.en} Before that ${failure.node} failed: ${name}: ${message}${place}.`,
    },
    evidence: [failure.seq, ...evidence],
  };
}

const placeOf = ({ at }: Failure): string => (at ? ` (${at.file}:${at.line}:${at.column})` : '');
