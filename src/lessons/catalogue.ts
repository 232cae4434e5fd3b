import type { Message } from '../kernel/verdict.ts';
import type { Lesson } from './lesson.ts';
import type { Rule } from './rules.ts';

/** Sources by path, as the compiler takes them. */
export type Files = Readonly<Record<string, string>>;

/** What a list of lessons shows. */
export type LessonCard = Pick<Lesson, 'id' | 'title' | 'minutes' | 'requires' | 'practises'> & {
  /** Its place in the course, from the name of its folder. */
  readonly number: number;
};

export interface Prose {
  readonly title: string;
  readonly html: string;
}

/** Everything that a lesson's page needs. */
export interface LessonContent {
  readonly lesson: Lesson;
  readonly ru: Prose;
  readonly en: Prose;
  /** What the learner begins with, to edit. */
  readonly start: Files;
  /** What is there and cannot be edited, its paths under `given/`. */
  readonly given: Files;
  readonly solution: Files;
  readonly scenario: string;
  readonly check: string;
  /** What each goal says: the title of its rule. */
  readonly goals: Readonly<Record<string, Message>>;
}

/** The whole program of a lesson, with the learner's files as they stand. */
export function programOf({ given, scenario, check }: LessonContent, files: Files): Files {
  return { ...files, ...given, 'scenario.ts': scenario, 'check.ts': check };
}

// Only what a card shows is in the first chunk: each field is imported by itself, and the rest of the JSON is dropped.
const ids = import.meta.glob<Lesson['id']>('/lessons/*/lesson.json', { eager: true, import: 'id' });
const titles = import.meta.glob<Message>('/lessons/*/lesson.json', { eager: true, import: 'title' });
const minutes = import.meta.glob<number>('/lessons/*/lesson.json', { eager: true, import: 'minutes' });
const requires = import.meta.glob<string[]>('/lessons/*/lesson.json', { eager: true, import: 'requires' });
const practises = import.meta.glob<string[]>('/lessons/*/lesson.json', { eager: true, import: 'practises' });

const proses = import.meta.glob<Prose>('/lessons/*/{ru,en}.md');
const checks = import.meta.glob<readonly Rule[]>('/lessons/*/check.ts', { import: 'default' });
const sources = import.meta.glob<string>(
  ['/lessons/*/{lesson.json,scenario.ts,check.ts}', '/lessons/*/{start,given,solution}/**/*.ts'],
  { query: '?raw', import: 'default' },
);

const folders = new Map(Object.entries(ids).map(([path, id]) => [id, path.slice(0, -'lesson.json'.length)]));

/** All lessons in the order of the course. */
export const lessons: readonly LessonCard[] = Object.entries(ids)
  .map(([path, id]) => ({
    id,
    number: Number.parseInt(path.slice('/lessons/'.length)),
    title: titles[path]!,
    minutes: minutes[path]!,
    requires: requires[path]!,
    practises: practises[path]!,
  }))
  .sort((a, b) => a.number - b.number);

/** Loads a lesson. Throws a RangeError when there is none of this id. */
export async function loadLesson(id: string): Promise<LessonContent> {
  const folder = folders.get(id);
  if (folder === undefined) throw new RangeError(`there is no lesson "${id}"`);
  const paths = Object.keys(sources).filter((path) => path.startsWith(folder));
  const [ru, en, rules, ...texts] = await Promise.all([
    proses[`${folder}ru.md`]!(),
    proses[`${folder}en.md`]!(),
    checks[`${folder}check.ts`]!(),
    ...paths.map((path) => sources[path]!()),
  ]);
  const all = new Map(paths.map((path, i) => [path.slice(folder.length), texts[i]!]));
  // Written by us and held to its schema by a test: not parsed again at run time.
  const lesson = JSON.parse(all.get('lesson.json')!) as Lesson;
  const nodes = Object.keys(lesson.nodes);
  /** Shared code first, then the services in the order in which the lesson names them. */
  const place = (path: string) => nodes.indexOf(path.slice(0, -'.ts'.length));
  const under = (directory: string, keep = ''): Files =>
    Object.fromEntries(
      [...all]
        .filter(([path]) => path.startsWith(`${directory}/`))
        .map(([path, text]): [string, string] => [path.slice(directory.length + 1), text])
        .sort(([a], [b]) => place(a) - place(b))
        .map(([path, text]) => [keep + path, text]),
    );
  return {
    lesson,
    ru,
    en,
    start: under('start'),
    given: under('given', 'given/'),
    solution: under('solution'),
    scenario: all.get('scenario.ts')!,
    check: all.get('check.ts')!,
    goals: Object.fromEntries(rules.map(({ id, title }) => [id, title])),
  };
}
