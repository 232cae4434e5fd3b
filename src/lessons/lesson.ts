import * as v from 'valibot';
import { anomalies } from '../kernel/verdict.ts';

const words = v.pipe(v.string(), v.trim(), v.nonEmpty());
const count = v.pipe(v.number(), v.integer(), v.minValue(1));
const slug = v.pipe(v.string(), v.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'lower-case words joined by hyphens'));

/** The same words for every reader. */
const message = v.strictObject({ ru: words, en: words });

const storedEvent = v.strictObject({
  id: words,
  stream: words,
  revision: v.pipe(v.number(), v.integer(), v.minValue(0)),
  position: v.pipe(v.number(), v.integer(), v.minValue(0)),
  type: words,
  data: v.unknown(),
  metadata: v.optional(v.unknown()),
  created: v.pipe(v.string(), v.isoTimestamp()),
});

/** One answer to the prediction; `because` is what one reads after the run. */
const option = v.strictObject({
  id: slug,
  text: message,
  right: v.boolean(),
  because: message,
});

/** The schema of `lessons/NN-slug/lesson.json`. */
export const lessonSchema = v.strictObject({
  id: slug,
  /** Counts up when a pass of before would no longer be one. */
  version: count,
  /** The first heading of ru.md and en.md, for lists. */
  title: message,
  /** Headings of the article that the lesson follows, in its own words. */
  article: v.array(words),
  minutes: count,
  requires: v.array(slug),
  practises: v.pipe(v.array(slug), v.nonEmpty()),
  /** What people call the nodes, by the stem of their file. */
  nodes: v.record(slug, message),
  predict: v.strictObject({ question: message, options: v.pipe(v.array(option), v.minLength(2)) }),
  /** Rules of check.ts, in the order in which the learner reaches them. */
  goals: v.pipe(v.array(slug), v.nonEmpty()),
  /** From a nudge to nearly the answer. */
  hints: v.pipe(v.array(message), v.nonEmpty()),
  /** Plans of faults; a check plays its seeds under each in turn. */
  faults: v.pipe(v.array(v.string()), v.nonEmpty()),
  /** How many runs a check is made of. */
  seeds: count,
  /** The end of a run that does not come to rest, virtual ms. */
  until: count,
  start: v.strictObject({ anomaly: v.picklist(anomalies) }),
  /** What each known-wrong solution breaks, and the idea behind it refuted, by its directory. */
  wrong: v.record(v.string(), v.strictObject({ rule: slug, ru: words, en: words })),
  /** What the event store holds when the lesson begins. */
  stored: v.array(storedEvent),
});

export type Lesson = v.InferOutput<typeof lessonSchema>;

/** Reads a lesson.json. Throws a ValiError that names the field when it is not as the schema says. */
export function parseLesson(json: string): Lesson {
  return v.parse(lessonSchema, JSON.parse(json));
}
