import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { serve } from '../tools/test/serve.ts';

test('a full disk refuses the append whole, says so, and is over when there is room again', async ({
  context,
  page,
}) => {
  const site = await serve(join(import.meta.dirname, 'store/page.ts'));
  try {
    const browser = await context.newCDPSession(page);
    const quota = (size: Record<string, number>) =>
      browser.send('Storage.overrideQuotaForOrigin', { origin: new URL(site.url).origin, ...size });
    await page.goto(site.url);
    await quota({ quotaSize: 1_000_000 });
    const answers: string[] = [];
    while (answers.at(-1) !== 'quota' && answers.length < 30)
      answers.push(await page.evaluate(() => kept.appendAtOnce(1000)));
    expect(answers.at(-1)).toBe('quota');
    expect(answers[0]).toBe('kept');
    expect(await page.evaluate(() => kept.keeping())).toEqual({ state: 'full' });
    const { positions, end } = await page.evaluate(() => kept.read());
    expect(end).toBe((answers.length - 1) * 1000);
    expect(positions).toEqual(positions.map((_, i) => i));
    expect(positions).toHaveLength(end);

    await quota({});
    expect(await page.evaluate(() => kept.appendAtOnce(1000))).toBe('kept');
    expect(await page.evaluate(() => kept.keeping())).toEqual({ state: 'kept' });
  } finally {
    await site.close();
  }
});
