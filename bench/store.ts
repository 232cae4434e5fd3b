import { join } from 'node:path';
import { chromium } from 'playwright';
import { launchOptions } from '../tools/test/browser.ts';
import { serve } from '../tools/test/serve.ts';
import { contest as contestOfSides } from './contest.ts';
import type { Contest, Durability } from './store/page.ts';

/** Batches of each side, the more the closer the two are: against rows it is a matter of ten times, against chunks of a tenth. */
const batches = { dexie: 50, rows: 50, chunks: 300 } as const;
/** Filling a million rows takes over a minute, reading them ten seconds. */
const replays = 3;

const durabilities: readonly Durability[] = ['strict', 'relaxed'];
const rivals = {
  dexie: 'dexie bulkAdd',
  rows: 'idb, one row an event',
  chunks: 'raw IndexedDB in chunks, without a head',
} as const;

/** The event store against other ways to keep events, both sides in one page of one Chromium. Events/s, medians. */
export const benchmarks = [
  ...durabilities.flatMap((durability) =>
    (Object.keys(rivals) as (keyof typeof rivals)[]).map((rival) => ({
      bench: 'store-append',
      case: `1,000 at once, ${durability}, against ${rivals[rival]}`,
      unit: 'events/s',
      run: () => contest({ kind: 'append', rival, durability, runs: batches[rival] }),
    })),
  ),
  {
    bench: 'store-replay',
    case: '1,000,000 events against one row an event',
    unit: 'events/s',
    run: () => contest({ kind: 'replay', count: 1_000_000, runs: replays }),
  },
  {
    bench: 'store-snapshot',
    case: 'snapshot and a tail of 1,000 against a full fold of 100,000',
    unit: 'folds/s',
    run: () =>
      contestOfSides(
        { file: './bench/store/snapshot.ts', promises: 'native' },
        { file: './bench/store/full.ts', promises: 'native' },
        25,
      ),
  },
];

async function contest(contest: Contest): Promise<{ ours: number; baseline: number; runs: number }> {
  const site = await serve(join(import.meta.dirname, 'store/page.ts'));
  const browser = await chromium.launch(launchOptions());
  try {
    const page = await browser.newPage();
    await page.goto(site.url);
    const rates = await page.evaluate((contest) => hold(contest), contest);
    return { ...rates, runs: contest.runs };
  } finally {
    await browser.close();
    await site.close();
  }
}
