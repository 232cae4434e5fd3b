import type { WorldEntry } from '../../src/brokers/facts.ts';
import type { Recipe } from '../../src/kernel/run.ts';
import { Realm } from './realm.ts';

/** Plays a program from its beginning to its end and calls `line` with each entry's JSON and the entry itself. */
export async function playProgram(
  program: string,
  recipe: Recipe,
  line: (json: string, entry: WorldEntry) => void,
): Promise<void> {
  const realm = await Realm.start(program);
  try {
    for (;;) {
      const report = await realm.next();
      if (report.op === 'ready') {
        realm.send({ op: 'play', recipe, keep: false });
        realm.send({ op: 'grant', time: Infinity });
      } else if (report.op === 'entries') {
        for (const json of report.lines.split('\n')) line(json, JSON.parse(json) as WorldEntry);
        realm.send({ op: 'received' });
      } else if (report.op === 'ended') return;
    }
  } finally {
    await realm.stop();
  }
}

/** What makes a run fail on the command line, as `file:line:col message`: errors that nobody handled, and budgets. */
export function failureOf(entry: WorldEntry): string | undefined {
  if (entry.type !== 'node.failed') return undefined;
  const { at, name, message } = entry.error;
  const place = at ? `${at.file}:${at.line}:${at.column}` : entry.node;
  return `${place} ${name}: ${message}`;
}
