import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { serve } from '../tools/test/serve.ts';

test('two tabs append 600 events each to one store: no gap, none twice, none lost', async ({ context }) => {
  test.setTimeout(90_000);
  const site = await serve(join(import.meta.dirname, 'store/page.ts'));
  try {
    const tabs = [await context.newPage(), await context.newPage()];
    for (const tab of tabs) await tab.goto(site.url);
    const conflicts = await Promise.all(
      tabs.map((tab, i) => tab.evaluate((name) => kept.append(name, 600), `tab${i}`)),
    );
    expect(conflicts[0]! + conflicts[1]!, 'they did get in each other’s way').toBeGreaterThan(0);
    const { ids, positions, end } = await tabs[0]!.evaluate(() => kept.read());
    expect(positions).toEqual(Array.from({ length: 1200 }, (_, i) => i));
    expect(end).toBe(1200);
    const written = ids.map((id) => id.replace(/-\d+$/, '')).sort();
    expect(written).toEqual(
      ['tab0', 'tab1'].flatMap((tab) => Array.from({ length: 600 }, (_, i) => `${tab}-${i}`)).sort(),
    );
  } finally {
    await site.close();
  }
});
