import { chromium } from '@playwright/test';
import { buildSync } from 'esbuild';
import { expect, test } from 'vitest';
import { launchOptions } from '../../tools/test/browser.ts';
import { sample } from './sameness.testing.ts';

test('Chromium sees of the language what Node sees', { timeout: 60_000 }, async () => {
  const script = buildSync({
    entryPoints: [`${import.meta.dirname}/sameness.testing.ts`],
    bundle: true,
    format: 'iife',
    globalName: 'sameness',
    write: false,
  }).outputFiles[0]!.text;
  const browser = await chromium.launch(launchOptions());
  try {
    // Far from the zone and the language of most machines that build.
    const page = await browser.newPage({ timezoneId: 'Asia/Kolkata', locale: 'tr-TR' });
    await page.addScriptTag({ content: script });
    const seen = await page.evaluate(() =>
      (globalThis as unknown as { sameness: { sample: typeof sample } }).sameness.sample(),
    );
    expect(seen).toEqual(sample());
  } finally {
    await browser.close();
  }
});
