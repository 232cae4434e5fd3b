import { describe, expect, it } from 'vitest';
import type { WorldEntry } from '../brokers/facts.ts';
import { History } from './history.ts';
import { Judge, rules, variantsOf, type Rule } from './rules.ts';

const text = (words: string) => ({ ru: `${words}!`, en: words });

function rule(id: string, test: Rule['test'], kind: Rule['kind'] = 'always'): Rule {
  return { id, anomaly: 'lost', kind, on: 'journal', title: text(id), test };
}

/** A run of n entries that say nothing but that they are there. */
const run = (n: number) =>
  new History(
    Array.from({ length: n }, (_, seq): WorldEntry => ({
      seq,
      time: seq,
      node: 'a',
      type: 'console.logged',
      level: 'log',
      text: '',
    })),
  );

const atMost =
  (limit: number): Rule['test'] =>
  (history) =>
    history.entries.length > limit ? { because: text(`more than ${limit}`), evidence: [limit] } : undefined;

function judge(list: readonly Rule[], ...lengths: number[]) {
  const court = new Judge<number>(rules(list));
  for (const n of lengths) court.hear(n, run(n));
  return court.judgement;
}

describe('judging', () => {
  it('passes when every rule holds in every run', () => {
    expect(judge([rule('short', atMost(9))], 1, 2, 3)).toEqual({
      verdict: { outcome: 'passed' },
      goals: { short: { outcome: 'passed' } },
      runs: 3,
    });
  });

  it('fails on the first broken rule in the order of the list, and shows the first run that breaks it', () => {
    const { verdict, goals, trial } = judge(
      [rule('fine', atMost(9)), rule('b', atMost(4)), rule('a', atMost(2))],
      1,
      3,
      5,
      6,
    );
    expect(verdict).toEqual({
      outcome: 'failed',
      rule: 'b',
      anomaly: 'lost',
      because: text('more than 4'),
      evidence: [4],
    });
    expect(trial).toBe(5);
    expect(Object.values(goals).map(({ outcome }) => outcome)).toEqual(['passed', 'failed', 'failed']);
  });

  it('asks only for one run of a rule that must hold sometimes', () => {
    const once = rule('once', atMost(2), 'sometimes');
    expect(judge([once], 5, 1, 7).verdict.outcome).toBe('passed');
    expect(judge([once], 5, 6).verdict.outcome).toBe('failed');
  });

  it('knows nothing where a rule cannot look, and says what is broken elsewhere', () => {
    const blind = rule('blind', () => {
      throw new TypeError('no such field');
    });
    expect(judge([blind], 1).verdict).toMatchObject({
      outcome: 'unknown',
      rule: 'blind',
      because: { en: 'The rule could not look at the run: TypeError: no such field' },
    });
    expect(judge([blind, rule('short', atMost(0))], 1).verdict).toMatchObject({ outcome: 'failed', rule: 'short' });
  });

  it('knows nothing without a run', () => {
    expect(judge([rule('short', atMost(9))]).verdict.outcome).toBe('unknown');
  });

  it('compares the runs of one trial', () => {
    const alike: Rule = {
      ...rule('alike', (history, variant) =>
        history.entries.length === variant('alone').entries.length
          ? undefined
          : { because: text('they differ'), evidence: [] },
      ),
      variants: ['alone'],
    };
    expect(variantsOf([alike, { ...alike, id: 'again' }])).toEqual(['alone']);
    const court = new Judge<string>([alike]);
    court.hear('same', run(3), { alone: run(3) });
    expect(court.judgement.verdict.outcome).toBe('passed');
    court.hear('other', run(3), { alone: run(4) });
    expect(court.judgement).toMatchObject({ verdict: { outcome: 'failed' }, trial: 'other' });
  });

  it('tells of the node that failed when something did not happen', () => {
    const nothing = rule('nothing', () => ({ because: text('Nothing came.'), evidence: [] }), 'eventually');
    const court = new Judge<number>([nothing]);
    const error = { name: 'TypeError', message: 'x is not a function', at: { file: 'orders.ts', line: 3, column: 5 } };
    court.hear(1, new History([{ seq: 0, time: 0, node: 'orders', type: 'node.failed', during: 'load', error }]));
    expect(court.judgement.verdict).toMatchObject({
      because: { en: 'Nothing came. Before that orders failed: TypeError: x is not a function (orders.ts:3:5).' },
      evidence: [0],
    });
  });
});

describe('a run that had to be stopped', () => {
  const error = { name: 'BudgetExceeded', message: 'too long', at: { file: 'orders.ts', line: 7, column: 3 } };
  const stop: WorldEntry = {
    seq: 0,
    time: 0,
    node: 'orders',
    type: 'node.failed',
    during: 'budget',
    budget: 'loop',
    error,
  };

  it('breaks every rule about the end, and no other', () => {
    const court = new Judge<number>([rule('never', atMost(9)), rule('in the end', atMost(9), 'eventually')]);
    court.hear(1, new History([stop]));
    expect(court.judgement.goals).toMatchObject({
      never: { outcome: 'passed' },
      'in the end': {
        outcome: 'failed',
        because: { en: 'The run had to be stopped: orders works without end (orders.ts:7:3).' },
        evidence: [0],
      },
    });
  });
});

describe('a list of rules', () => {
  it('refuses an id that is there twice', () => {
    expect(() => rules([rule('a', atMost(1)), rule('a', atMost(2))])).toThrow('rule a is there twice');
  });

  it('refuses an anomaly that is not in the list', () => {
    expect(() => rules([{ ...rule('a', atMost(1)), anomaly: 'odd' as never }])).toThrow('there is no anomaly "odd"');
  });
});
