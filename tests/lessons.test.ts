import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseFaults } from '../src/kernel/faults.ts';
import { anomalies } from '../src/kernel/verdict.ts';
import { parseLesson } from '../src/lessons/lesson.ts';

const root = join(import.meta.dirname, '../lessons');
const directories = (path: string) =>
  readdirSync(path, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));
const folders = directories(root);
const lessonOf = (folder: string) => parseLesson(readFileSync(join(root, folder, 'lesson.json'), 'utf8'));

/** The nodes of one directory of sources: the stems of its top-level files. */
const stems = (path: string) =>
  readdirSync(path, { withFileTypes: true }).flatMap(({ name }) => (name.endsWith('.ts') ? [name.slice(0, -3)] : []));

/** What must be alike in both languages: the skeleton of a text, without its words. */
function skeleton(markdown: string) {
  return {
    headings: markdown.match(/^#+(?= )/gm),
    items: markdown.match(/^(-|\d+\.) /gm)?.length,
    blocks: markdown.match(/^```[^]*?^```/gm),
    code: (markdown.replace(/^```[^]*?^```/gm, '').match(/`[^`]+`/g) ?? []).sort((a, b) => (a < b ? -1 : 1)),
  };
}

it('the course counts from 1 and every lesson requires only earlier ones', () => {
  const known = new Set<string>();
  for (const folder of folders) {
    const { id, requires } = lessonOf(folder);
    expect(folder).toMatch(/^\d\d-/);
    expect(folder.slice(3)).toBe(id);
    expect(requires.filter((needed) => !known.has(needed))).toEqual([]);
    known.add(id);
  }
});

describe.each(folders)('%s', (folder) => {
  const at = (...path: string[]) => join(root, folder, ...path);
  const lesson = lessonOf(folder);
  const inside = directories(at());
  const given = inside.includes('given') ? stems(at('given')) : [];

  it('has a solution, another way to solve it, and the wrong ones that it explains', () => {
    expect(inside).toEqual(expect.arrayContaining(['solution', 'start', 'wrong']));
    expect(inside.filter((name) => name.startsWith('alt-'))).not.toEqual([]);
    expect(directories(at('wrong'))).toEqual(Object.keys(lesson.wrong).sort((a, b) => (a < b ? -1 : 1)));
    for (const name of Object.keys(lesson.wrong))
      expect(anomalies.filter((anomaly) => name.startsWith(`${anomaly}-`))).toHaveLength(1);
  });

  it('names every node, and every solution has the same ones', () => {
    const nodes = stems(at('start'));
    expect(Object.keys(lesson.nodes).sort((a, b) => (a < b ? -1 : 1))).toEqual(
      [...nodes, ...given].sort((a, b) => (a < b ? -1 : 1)),
    );
    const solutions = [
      ...inside.filter((name) => /^(solution|alt-)/.test(name)),
      ...Object.keys(lesson.wrong).map((name) => `wrong/${name}`),
    ];
    for (const solution of solutions) expect([solution, ...stems(at(solution))]).toEqual([solution, ...nodes]);
  });

  it('asks for one prediction and plans faults that exist', () => {
    expect(lesson.predict.options.filter(({ right }) => right)).toHaveLength(1);
    for (const plan of lesson.faults) expect(() => parseFaults(plan)).not.toThrow();
  });

  it('says the same in both languages', () => {
    const ru = readFileSync(at('ru.md'), 'utf8');
    const en = readFileSync(at('en.md'), 'utf8');
    expect(ru.split('\n', 1)).toEqual([`# ${lesson.title.ru}`]);
    expect(en.split('\n', 1)).toEqual([`# ${lesson.title.en}`]);
    expect(skeleton(ru)).toEqual(skeleton(en));
  });

  it('is in proper Russian and proper English', () => {
    const ru = readFileSync(at('ru.md'), 'utf8');
    const en = readFileSync(at('en.md'), 'utf8');
    const words = (text: string) => text.replace(/```[^]*?```|`[^`]*`/g, '');
    expect(words(ru).match(/[a-z]\p{Script=Cyrillic}|\p{Script=Cyrillic}[a-z]/giu), 'mixed alphabets').toBeNull();
    expect(words(en).match(/\p{Script=Cyrillic}+/gu), 'Russian in English').toBeNull();
    expect(words(ru).match(/.{9} —|"/g), 'a dash that can begin a line, or straight quotes').toBeNull();
    expect(words(en).match(/"|\w'\w/g), 'straight quotes').toBeNull();
  });
});
