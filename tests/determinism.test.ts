import { describe, expect, test } from 'vitest';
import type { Recipe } from '../src/kernel/run.ts';
import { programs, recipe } from '../src/realm/determinism.testing.ts';
import { compileProgram } from '../tools/lab/compile.ts';
import { playProgram } from '../tools/lab/run.ts';

/** The journal of a run of its own, in a worker of its own, as NDJSON. */
async function journal(files: Readonly<Record<string, string>>, recipe: Recipe): Promise<string> {
  const lines: string[] = [];
  await playProgram(compileProgram(files), recipe, (json) => lines.push(json));
  return lines.join('\n');
}

describe.each(Object.entries(programs))('%s', (_, files) => {
  test('has the same journal, byte for byte, in two runs', async () => {
    const first = await journal(files, recipe);
    expect(await journal(files, recipe)).toBe(first);
    expect(await journal(files, { ...recipe, seed: 8 })).not.toBe(first);
  });

  test('writes JSON that reads as what was meant', async () => {
    const lines = (await journal(files, recipe)).split('\n');
    expect(lines.length).toBeGreaterThan(10);
    lines.forEach((line, seq) => {
      const entry = JSON.parse(line) as { time: number };
      expect(JSON.stringify(entry)).toBe(line);
      expect(Object.keys(entry).slice(0, 3)).toEqual(['seq', 'time', 'node']);
      expect(entry).toMatchObject({ seq, time: expect.any(Number) as number });
      expect(line).not.toMatch(/:-0[,}]|:undefined|:NaN/);
    });
  });
});
