import * as v from 'valibot';
import { anomalies } from '../kernel/verdict.ts';
import type { Report } from './protocol.ts';

/** More than a run may ever send: characters in one message, and entries in one run. */
const limits = { characters: 64_000_000, events: 10_000 } as const;

const text = v.pipe(v.string(), v.maxLength(limits.characters));
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const time = v.pipe(v.number(), v.minValue(0));
const message = v.object({ ru: text, en: text });

const place = v.object({ file: text, line: count, column: count });

const stored = v.object({
  id: text,
  stream: text,
  revision: count,
  position: count,
  type: text,
  data: v.unknown(),
  metadata: v.optional(v.unknown()),
  created: text,
});

const verdict = v.variant('outcome', [
  v.object({ outcome: v.literal('passed') }),
  v.object({
    outcome: v.literal('failed'),
    rule: text,
    anomaly: v.picklist(anomalies),
    because: message,
    evidence: v.array(count),
  }),
  v.object({ outcome: v.literal('unknown'), rule: v.optional(text), because: message }),
]);

const input = v.variant('do', [
  v.object({ time, do: v.literal('publish'), event: text, data: v.unknown() }),
  v.object({ time, do: v.picklist(['crash', 'restart', 'pause', 'resume', 'rebuild']), node: text }),
  v.object({ time, do: v.picklist(['deliver', 'duplicate', 'drop']), id: text, place: text }),
  v.object({ time, do: v.literal('delay'), id: text, place: text, by: time }),
  v.object({ time, do: v.picklist(['cut', 'slow']), node: text, by: time }),
  v.object({ time, do: v.literal('refuse'), commit: count, because: text }),
]);

const report = v.variant('op', [
  v.object({ op: v.literal('ready') }),
  v.object({ op: v.literal('beat') }),
  v.object({ op: v.literal('entries'), lines: text }),
  v.object({ op: v.literal('commit'), events: v.pipe(v.array(stored), v.maxLength(limits.events)) }),
  v.object({ op: v.literal('paused'), time, next: v.number() }),
  v.object({ op: v.literal('did'), input }),
  v.object({ op: v.literal('ended'), because: v.picklist(['rest', 'until', 'stopped']), time }),
  v.object({ op: v.literal('judging'), done: count, of: count }),
  v.object({
    op: v.literal('judged'),
    judgement: v.object({
      verdict,
      goals: v.record(text, verdict),
      runs: count,
      trial: v.optional(v.object({ seed: v.number(), faults: text })),
    }),
  }),
  v.object({
    op: v.literal('folded'),
    folded: v.union([
      v.object({ by: text, file: text, states: v.array(v.unknown()), ms: v.number() }),
      v.object({ failed: v.object({ name: text, message: text, at: v.optional(place) }), at: count }),
      v.object({ nothing: v.literal(true) }),
    ]),
  }),
  v.object({ op: v.literal('broken'), message: text }),
]);

/** What came through the port, if it is a report: the realm shares its worker with the learner's code, so nothing is taken on trust. */
export function readReport(data: unknown): Report | undefined {
  const { success, output } = v.safeParse(report, data);
  return success ? (output as Report) : undefined;
}
