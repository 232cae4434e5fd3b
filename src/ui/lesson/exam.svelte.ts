import type { Lesson } from '../../lessons/lesson.ts';
import { seedOf, trials } from '../../lessons/trials.ts';
import type { Verdict } from '../../kernel/verdict.ts';
import type { Judgement } from '../../sandbox/protocol.ts';
import { announcer } from '../announcer.svelte.ts';
import { locale } from '../locale.svelte.ts';
import { progress } from '../progress.svelte.ts';
import { judge } from '../workbench/engine.ts';
import type { Session } from '../workbench/session.svelte.ts';

/** What the learner said and reached in one lesson: prediction, goals, verdict. */
export class Exam {
  readonly lesson: Lesson;
  readonly #session: Session;
  #judgement = $state.raw<Judgement | undefined>();
  #progress = $state.raw<{ done: number; of: number } | undefined>();
  #failure = $state<'hung' | 'broken' | undefined>();
  /** The files that were judged: a verdict is about them and no others. */
  #judged = $state.raw<object | undefined>();
  #ran = $state(false);
  #hints = $state(0);
  /** The solution was shown and stands in the editor. */
  #solved = $state.raw<object | undefined>();
  #stop: (() => void) | undefined;

  constructor(lesson: Lesson, session: Session) {
    this.lesson = lesson;
    this.#session = session;
  }

  /** The option that the learner has chosen, before the first run. */
  get prediction(): Lesson['predict']['options'][number] | undefined {
    const chosen = progress.current[this.lesson.id]?.prediction;
    return this.lesson.predict.options.find(({ id }) => id === chosen);
  }

  predict(option: string): void {
    void progress.save(this.lesson.id, { passed: false, prediction: option });
  }

  /** A run has ended since the page was opened: the prediction can be compared. */
  get ran(): boolean {
    return this.#ran || this.passed;
  }

  get passed(): boolean {
    return progress.current[this.lesson.id]?.passed === true;
  }

  /** The verdict on the files as they stand, if there is one. */
  get judgement(): Judgement | undefined {
    return this.#judged === this.#session.workspace.files ? this.#judgement : undefined;
  }

  get checking(): { done: number; of: number } | undefined {
    return this.#progress;
  }

  /** Why the last check found nothing. */
  get failure(): 'hung' | 'broken' | undefined {
    return this.#failure;
  }

  /** What is known about a goal, for the files as they stand. */
  verdictOf(goal: string): Verdict | undefined {
    return this.judgement?.goals[goal];
  }

  get hints(): number {
    return this.#hints;
  }

  hint(): void {
    this.#hints = Math.min(this.#hints + 1, this.lesson.hints.length);
  }

  /** The editor shows the solution as it was given. */
  get solved(): boolean {
    return this.#solved === this.#session.workspace.files;
  }

  showSolution(files: Readonly<Record<string, string>>): void {
    this.#session.workspace.replace(files);
    this.#solved = this.#session.workspace.files;
  }

  /** The run of the learner is over: goals tick by what it showed. */
  async ranOnce(): Promise<void> {
    this.#ran = true;
    const { seed, faults } = this.#session;
    if (this.#judged !== this.#session.workspace.files) await this.#judge([{ seed, faults }]);
  }

  /** Judges the code under many seeds and all plans of faults; a pass is kept. */
  async check(): Promise<void> {
    const seeds = trials(this.lesson, seedOf(this.#session.workspace.files));
    await this.#judge(seeds);
    const judgement = this.judgement;
    if (!judgement) return;
    announcer.say(sentenceOf(judgement));
    if (judgement.verdict.outcome === 'passed' && !this.solved) await progress.save(this.lesson.id, { passed: true });
  }

  stop(): void {
    this.#stop?.();
  }

  async #judge(runs: Parameters<typeof judge>[1]): Promise<void> {
    this.stop();
    const { files } = this.#session.workspace;
    const program = await this.#session.compile();
    if (program === undefined) return;
    const check = await judge(program, runs, this.lesson.stored, this.lesson.until);
    this.#stop = () => check.stop();
    this.#failure = undefined;
    const heard = check.progress$.subscribe((progress) => (this.#progress = progress));
    try {
      this.#judgement = await check.judgement;
      this.#judged = files;
    } catch (error) {
      const why = (error as { why?: 'hung' | 'broken' | 'stopped' }).why ?? 'broken';
      if (why !== 'stopped') this.#failure = why;
    } finally {
      heard.unsubscribe();
      this.#progress = undefined;
      this.#stop = undefined;
    }
  }
}

/** A judgement as one sentence, in the current language. */
export function sentenceOf({ verdict, runs, trial }: Judgement): string {
  const { goals, anomalies } = locale.words;
  if (verdict.outcome === 'passed') return goals.passed(runs);
  const because = locale.of(verdict.because);
  if (verdict.outcome === 'unknown') return `${goals.unknown} ${because}`;
  return `${trial ? `${goals.seed(trial.seed)}, ` : ''}${anomalies[verdict.anomaly]}: ${because}`;
}
