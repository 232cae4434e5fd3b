import { describe, expect, it } from 'vitest';
import { beyond, field, none, repeated, unfounded, unmet } from './check.ts';

/** Items in the order of their letters: `items('ab-a')` are four, the third without a key. */
const items = (letters: string, from = 0) =>
  [...letters].map((id, i) => ({ seq: from + i, data: id === '-' ? null : { id } }));
const id = field('id');
const seqs = (found: readonly { seq: number }[]) => found.map(({ seq }) => seq);

describe('the words of a check', () => {
  it('none: holds without offenders, else tells of the first with all of them as evidence', () => {
    const because = ({ seq }: { seq: number }) => ({ ru: `нет ${seq}`, en: `no ${seq}` });
    expect(none([], because)).toBeUndefined();
    expect(none(items('xy', 7), because)).toEqual({ because: { ru: 'нет 7', en: 'no 7' }, evidence: [7, 8] });
  });

  it('repeated: what came a second time, and items without a key never do', () => {
    expect(seqs(repeated(items('abacab--'), id))).toEqual([2, 4, 5]);
  });

  it('beyond: what came after the limit', () => {
    expect(seqs(beyond(items('aabaa'), id, 3))).toEqual([4]);
  });

  it('unmet: what was wanted and never came, and items without a key never do', () => {
    expect(seqs(unmet(items('abc-'), id, items('ca-', 9), id))).toEqual([1, 3]);
  });

  it('unfounded: what came before its ground', () => {
    // a at 2 stands on the ground at 0; b at 3 comes before its ground at 5; c and - have none.
    expect(seqs(unfounded(items('abc-', 2), id, [...items('a'), ...items('b-', 5)], id))).toEqual([3, 4, 5]);
  });
});
