import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium, expect, test, type Page } from '@playwright/test';
import { browserPath, launchOptions } from '../tools/test/browser.ts';
import { serve } from '../tools/test/serve.ts';

const kills = 20;

interface Chromium {
  readonly page: Page;
  /** `kill -9` of the browser and of every process that it started. */
  kill(): Promise<void>;
}

test(`of what was acknowledged, ${kills} killed browsers lose nothing`, async () => {
  test.setTimeout(180_000);
  const site = await serve(join(import.meta.dirname, 'store/page.ts'));
  const profile = await mkdtemp(join(tmpdir(), 'eventarium-crash-'));
  let browser: Chromium | undefined;
  let acknowledged = 0;
  try {
    for (let kill = 0; kill <= kills; kill++) {
      browser = await start(profile);
      const { page } = browser;
      await open(page, site.url);
      const { ids, positions, end, quarantined } = await page.evaluate(() => kept.read());
      expect(positions, 'a prefix without a gap').toEqual(positions.map((_, i) => i));
      expect(new Set(ids).size, 'no event twice').toBe(ids.length);
      expect(end, 'a head at the end').toBe(ids.length);
      expect(ids.length, 'every acknowledged event').toBeGreaterThanOrEqual(acknowledged);
      expect(quarantined).toBe(0);
      acknowledged = ids.length;
      if (kill < kills) {
        // Killed after another number of acknowledgements each time: in the middle of whatever the next append is at.
        await new Promise<void>((resolve) => {
          let left = 5 + ((kill * 37) % 80);
          void page
            .exposeFunction('acknowledged', (position: number) => {
              acknowledged = Math.max(acknowledged, position);
              if (--left === 0) resolve();
            })
            .then(() => page.evaluate('void kept.appendForEver(acknowledged)'));
        });
      }
      await browser.kill();
    }
    expect(acknowledged).toBeGreaterThan(kills);
  } finally {
    await browser?.kill();
    await site.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
});

/** The page with its database: where the machine was too slow to open it in time the page says so, and a reload helps. */
async function open(page: Page, url: string): Promise<void> {
  await expect(async () => {
    await page.goto(url);
    await page.evaluate(() => kept.read());
    expect(await page.evaluate(() => kept.keeping())).toEqual({ state: 'kept' });
  }).toPass({ timeout: 30_000 });
}

/** A browser of our own on a profile that outlives it. Playwright would end one in an orderly way. */
async function start(profile: string): Promise<Chromium> {
  const child = spawn(
    browserPath() ?? chromium.executablePath(),
    [...launchOptions().args, '--headless', '--remote-debugging-port=0', `--user-data-dir=${profile}`, 'about:blank'],
    { detached: true, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const connection = await chromium.connectOverCDP(await debugging(child));
  const context = connection.contexts()[0]!;
  return {
    page: await context.newPage(),
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = new Promise((resolve) => child.once('exit', resolve));
      process.kill(-child.pid!, 'SIGKILL');
      await ended;
      await connection.close();
    },
  };
}

async function debugging(child: ChildProcess): Promise<string> {
  for await (const line of createInterface({ input: child.stderr! })) {
    const address = /^DevTools listening on (\S+)$/.exec(line)?.[1];
    if (address) {
      child.stderr!.resume();
      return address;
    }
  }
  throw new Error('The browser did not start');
}
