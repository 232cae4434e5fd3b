import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Files } from '../../src/lessons/catalogue.ts';
import { anomalies } from '../../src/kernel/verdict.ts';
import { parseLesson, type Lesson } from '../../src/lessons/lesson.ts';
import { seedOf, trials } from '../../src/lessons/trials.ts';
import type { Judgement } from '../../src/sandbox/protocol.ts';
import { compileProgram } from './compile.ts';
import { LabError, readFiles, readText, root } from './files.ts';
import { Realm } from './realm.ts';

/** A lesson as it lies on the disk. */
export interface LessonFolder {
  readonly path: string;
  readonly lesson: Lesson;
}

/** All lessons in the order of the course, or the one of this id, folder or number. @throws LabError when there is none */
export function findLessons(wanted?: string): LessonFolder[] {
  const folder = join(root, 'lessons');
  const all = readdirSync(folder)
    .sort()
    .filter((name) => existsSync(join(folder, name, 'lesson.json')))
    .map((name) => ({
      name,
      path: join(folder, name),
      lesson: parseLesson(readText(join(folder, name, 'lesson.json'))),
    }));
  if (wanted === undefined) return all;
  const name = wanted.replace(/\/+$/, '').split('/').at(-1)!;
  const found = all.filter(
    ({ name: own, lesson }) =>
      own === name || lesson.id === name || (/^\d+$/.test(name) && Number.parseInt(own) === Number(name)),
  );
  if (found.length === 0) throw new LabError(`there is no lesson "${wanted}"`);
  return found;
}

/** The learner's files in `directory` together with everything else of the lesson. */
function programOf({ path }: LessonFolder, directory: string): Files {
  const { 'check.ts': _, 'scenario.ts': __, ...files } = readFiles(directory);
  const given = join(path, 'given');
  return {
    ...files,
    ...(existsSync(given) ? readFiles(given, 'given/') : {}),
    'scenario.ts': readText(join(path, 'scenario.ts')),
    'check.ts': readText(join(path, 'check.ts')),
  };
}

/** Judges a directory's code by a lesson. `seeds` runs, from seed `from` on: else as many as the lesson says, from the code's own seed. */
export async function checkDirectory(
  folder: LessonFolder,
  directory: string,
  { seeds = folder.lesson.seeds, from }: { seeds?: number; from?: number } = {},
): Promise<Judgement> {
  const files = programOf(folder, directory);
  const { faults, stored, until } = folder.lesson;
  const realm = await Realm.start(compileProgram(files));
  try {
    for (;;) {
      const report = await realm.next();
      if (report.op === 'ready')
        realm.send({
          op: 'judge',
          trials: trials({ seeds, faults }, from ?? seedOf(files)),
          stored: stored,
          until,
        });
      else if (report.op === 'judged') return report.judgement;
    }
  } finally {
    await realm.stop();
  }
}

/** One cell of the matrix: what a directory should come to, and what it came to. */
export interface Cell {
  readonly directory: string;
  readonly expected: string;
  readonly found: string;
  readonly ok: boolean;
  /** Every rule that it breaks in some run, in the order of the rules. */
  readonly broken: readonly string[];
  readonly because?: string;
}

/** Start fails with its anomaly, solution and alternatives pass, each wrong one fails with the anomaly of its name and by its rule. */
export async function matrixOf(folder: LessonFolder): Promise<Cell[]> {
  const { path, lesson } = folder;
  const alternatives = readdirSync(path)
    .filter((name) => name.startsWith('alt-'))
    .sort();
  const wanted: [string, string][] = [
    ['start', lesson.start.anomaly],
    ['solution', 'passed'],
    ...alternatives.map((name): [string, string] => [name, 'passed']),
    ...Object.entries(lesson.wrong).map(([name, { rule }]): [string, string] => [
      `wrong/${name}`,
      `${anomalyOf(name)} by ${rule}`,
    ]),
  ];
  const cells: Cell[] = [];
  for (const [directory, expected] of wanted) {
    const { verdict, goals } = await checkDirectory(folder, join(path, directory));
    const found = verdict.outcome === 'failed' ? `${verdict.anomaly} by ${verdict.rule}` : verdict.outcome;
    const ok = found === expected || (directory === 'start' && found.startsWith(`${expected} by `));
    const broken = Object.keys(goals).filter((rule) => goals[rule]!.outcome !== 'passed');
    const because = 'because' in verdict ? { because: verdict.because.en } : {};
    cells.push({ directory, expected, found, ok, broken, ...because });
  }
  return cells;
}

/** Longer names first: one may begin with another. */
const anomaliesByLength = [...anomalies].sort((a, b) => b.length - a.length);

/** `duplicate-effect-per-order` begins with the anomaly that it shows. */
function anomalyOf(name: string): string {
  return anomaliesByLength.find((anomaly) => name === anomaly || name.startsWith(`${anomaly}-`)) ?? name;
}
