import { filter, firstValueFrom } from 'rxjs';
import realm from 'virtual:realm';
import { expect, test } from 'vitest';
import { commands } from 'vitest/browser';
import { play } from '../sandbox/sandbox.ts';
import { assemble } from './assemble.ts';
import { programs, recipe } from './determinism.testing.ts';

test.each(Object.entries(programs))('%s has the journal in this browser that it has in Node', async (_, files) => {
  const run = play(assemble(realm, await commands.compileProgram({ ...files })), recipe);
  const lines: string[] = [];
  run.entries$.subscribe((batch) => lines.push(...batch.map((entry) => JSON.stringify(entry))));
  run.grant(Infinity);
  await firstValueFrom(run.state$.pipe(filter(({ phase }) => phase === 'ended')));
  expect(lines.join('\n')).toBe(await commands.playInNode({ ...files }, recipe));
});
