import { Guard } from '../kernel/guard.ts';
import type { World } from '../kernel/world.ts';
import * as check from '../lessons/check.ts';
import { History } from '../lessons/history.ts';
import { Judge, variantsOf, type Rule } from '../lessons/rules.ts';
import type { Command, Report, Trial } from '../sandbox/protocol.ts';
import { snapshot } from './intrinsics.ts';
import { Loader } from './loader.ts';
import { Play } from './play.ts';
import type { Program } from './program.ts';

/**
 * Plays every trial from its beginning to its end, nothing kept, and judges it by the rules of the program's `check.ts`.
 * Reports after each; what one run patched in the language is put back before the next. Code that had to be stopped would
 * have to be stopped again and again: one such run is enough.
 */
export function* judging(
  program: Program,
  { trials, stored, until }: Extract<Command, { op: 'judge' }>,
  enter: (world: World) => void,
): Generator<Report, Report> {
  const language = snapshot();
  const rules = rulesOf(program);
  const judge = new Judge<Trial>(rules);
  const variants = variantsOf(rules);
  let endless = false;
  const history = (trial: Trial, variant?: string): History => {
    const play = new Play(program, { ...trial, inputs: [], stored, until }, (_, done) => done(), enter, variant);
    const standing = play.run(until);
    language.restore();
    endless ||= standing === 'stopped';
    return new History(play.world.journal.entries);
  };
  for (const [at, trial] of trials.entries()) {
    judge.hear(trial, history(trial), Object.fromEntries(variants.map((name) => [name, history(trial, name)])));
    if (endless) break;
    yield { op: 'judging', done: at + 1, of: trials.length };
  }
  return { op: 'judged', judgement: judge.judgement };
}

function rulesOf(program: Program): readonly Rule[] {
  const file = program.manifest.check;
  if (file === null) return [];
  const surroundings = { services: { rules: check.rules }, modules: { 'eda/check': check } };
  const loader = new Loader(program, new Guard(() => undefined), () => surroundings);
  const { default: rules } = loader.load(file) as { default?: readonly Rule[] };
  if (!rules) throw new TypeError('check.ts must export default rules([…])');
  return rules;
}
