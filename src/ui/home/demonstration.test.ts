import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { worldFactTypes, type WorldEntry } from '../../brokers/facts.ts';
import { project } from '../../kernel/projection.ts';
import { summary } from '../../views/summary.ts';

test('the recorded run is a journal and shows what its caption says', () => {
  const lines = readFileSync('src/ui/home/demonstration.ndjson', 'utf8').trim().split('\n');
  const entries = lines.map((line) => JSON.parse(line) as WorldEntry);
  expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_, i) => i));
  expect(entries.filter(({ type }) => !worldFactTypes.includes(type))).toEqual([]);
  expect(entries.filter((entry) => entry.type === 'call.sent')).toHaveLength(5);
  const faults = entries.filter((entry) => entry.type === 'fault.struck').map(({ kind }) => kind);
  expect(faults).toContain('duplicate');
  expect(entries.map(({ type }) => type)).toContain('node.restarted');
  expect(project(summary, entries)).toMatchObject({ failures: 0, down: new Set() });
});
