import type { WorldEntry } from '../../brokers/facts.ts';
import type { Run } from '../../kernel/run.ts';
import type { LiveRun } from '../../sandbox/sandbox.ts';
import { runs } from '../../store/store.ts';

/**
 * Writes a run down while it is played, so that its tape is there after a reload. What comes while a write is under way
 * waits for the next one. Where it cannot be kept it is still on the screen, and `keeping$` says that nothing is kept.
 */
export function writeDown(workspace: string, run: Run, live: LiveRun<WorldEntry>): void {
  let waiting: WorldEntry[] = [];
  let inputs = run.inputs;
  let known = inputs;
  const written = runs.begin(workspace, run);
  let writing = false;

  async function write(): Promise<void> {
    if (writing) return;
    writing = true;
    const generation = await written;
    while (waiting.length > 0 || known !== inputs) {
      const entries = waiting;
      waiting = [];
      if (known !== inputs) await runs.revise(workspace, generation, { ...run, inputs: (known = inputs) });
      await runs.extend(workspace, generation, entries);
    }
    writing = false;
  }
  const attempt = () => void write().catch(() => undefined);

  live.entries$.subscribe((entries) => {
    waiting = [...waiting, ...entries];
    attempt();
  });
  live.inputs$.subscribe((input) => {
    inputs = [...inputs, input];
    attempt();
  });
}

/** The last run of a workspace, as far as it was written down. */
export async function lastRun(workspace: string): Promise<{ run: Run; entries: WorldEntry[] } | undefined> {
  const kept = await runs.load(workspace).catch(() => undefined);
  return kept && { run: kept.run, entries: kept.entries as WorldEntry[] };
}
