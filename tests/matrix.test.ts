import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { readFiles } from '../tools/lab/files.ts';
import { checkDirectory, findLessons, matrixOf, type Cell } from '../tools/lab/lessons.ts';

/** Ways to do no work at all, made of the text of a solution. */
const idle: Record<string, (text: string) => string> = {
  'nothing at all': () => 'export {};',
  'the solution in a comment': (text) => `/*${text.replaceAll('*/', '')}*/ export {};`,
  'a file that throws': (text) => `${text}\nthrow null;`,
  'a file that never ends': (text) => `${text}\nwhile (true) {}`,
};

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

  it.each(Object.entries(idle))('does not pass %s', async (_, make) => {
    const directory = mkdtempSync(join(tmpdir(), 'eventarium-'));
    for (const [path, text] of Object.entries(readFiles(join(folder.path, 'solution')))) {
      mkdirSync(dirname(join(directory, path)), { recursive: true });
      writeFileSync(join(directory, path), make(text));
    }
    const { verdict } = await checkDirectory(folder, directory, { seeds: folder.lesson.faults.length, from: 1 });
    rmSync(directory, { recursive: true });
    expect(verdict.outcome).toBe('failed');
  });
});
