import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { checkDirectory, findLessons, matrixOf, type Cell } from '../tools/lab/lessons.ts';

describe.each(findLessons())('lesson $lesson.id', (folder) => {
  let matrix: readonly Cell[];
  beforeAll(async () => {
    matrix = await matrixOf(folder);
    // A thousand runs and more: on a busy machine they take their time.
  }, 600_000);

  it('fails what it starts from, passes its solutions, and fails what is known to be wrong, each for its own reason', () => {
    expect(matrix.filter(({ ok }) => !ok)).toEqual([]);
  });

  it('has no idle rule: without any one of them some wrong solution would pass', async () => {
    const { goals } = await checkDirectory(folder, join(folder.path, 'solution'), { seeds: 1 });
    const alone = matrix.filter(({ broken }) => broken.length === 1).map(({ broken: [rule] }) => rule);
    expect(Object.keys(goals).filter((rule) => !alone.includes(rule))).toEqual([]);
    expect(Object.keys(goals)).toEqual(expect.arrayContaining(folder.lesson.goals));
  });
});
