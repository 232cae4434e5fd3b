import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { build } from 'esbuild';
import { chromium } from 'playwright';
import { lowered } from '../tools/build/realm.ts';
import { launchOptions } from '../tools/test/browser.ts';

/** One side of a contest: a file that exports `run`, which does the work once and tells how fast it was. */
export interface Side {
  readonly file: string;
  /** `virtual`: lowered as the realm is, with the kernel's promises; `native`: as it is, with the engine's, the kernel's own ones included. */
  readonly promises: 'virtual' | 'native';
}

/** What `run` gives, at once or later: things done in a second, and something that shows that both sides did the same. */
export interface Lap {
  readonly rate: number;
  readonly proof?: string | number;
}

/** Both sides take turns, each in a classic worker of its own in one Chromium, after one lap to warm up. Medians. */
export async function contest(
  ours: Side,
  baseline: Side,
  runs = 5,
): Promise<{ ours: number; baseline: number; runs: number }> {
  const scripts = await Promise.all([ours, baseline].map(script));
  const server = createServer((_, response) => {
    response.setHeader('content-type', 'text/html');
    response.end('<!doctype html><title>bench</title>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const browser = await chromium.launch(launchOptions());
  try {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    await page.evaluate((texts) => {
      workers = texts.map((text) => new Worker(URL.createObjectURL(new Blob([text], { type: 'text/javascript' }))));
    }, scripts);
    const laps: Lap[][] = [[], []];
    for (let run = -1; run < runs; run++)
      for (const [side, done] of laps.entries()) {
        const lap = await page.evaluate(runOnce, side);
        if (run >= 0) done.push(lap);
      }
    const [proof, proofOfBaseline] = laps.map((each) => each.at(-1)!.proof);
    if (proof !== proofOfBaseline) throw new Error(`the sides did not do the same: ${proof} and ${proofOfBaseline}`);
    const [median, medianOfBaseline] = laps.map((each) => medianOf(each.map(({ rate }) => rate)));
    return { ours: median!, baseline: medianOfBaseline!, runs };
  } finally {
    await browser.close();
    server.close();
  }
}

/** What the page of a contest holds. */
declare global {
  var workers: Worker[];
}

/** In the page: lets one side do one lap. */
const runOnce = (side: number) =>
  new Promise<Lap>((resolve, reject) => {
    workers[side]!.onmessage = ({ data }: MessageEvent<Lap>) => resolve(data);
    workers[side]!.onerror = ({ message }) => reject(new Error(message));
    workers[side]!.postMessage(null);
  });

export function medianOf(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2;
}

async function script({ file, promises }: Side): Promise<string> {
  const virtual = promises === 'virtual';
  const contents = `
    import { VirtualPromise } from './src/kernel/promise.ts';
    import { run } from ${JSON.stringify(file)};
    if (${virtual}) globalThis.Promise = VirtualPromise;
    onmessage = () => {
      const lap = run();
      if ('rate' in lap) postMessage(lap);
      else lap.then((done) => postMessage(done), (error) => setTimeout(() => { throw error; }));
    };`;
  const { outputFiles } = await build({
    ...(virtual ? lowered : { ...lowered, supported: {} }),
    stdin: { contents, resolveDir: process.cwd() },
    format: 'iife',
    ...(virtual ? {} : { plugins: [nativePromises] }),
  });
  return outputFiles![0]!.text;
}

/** Puts the engine's promises in the place of the kernel's. */
const nativePromises = {
  name: 'native-promises',
  setup(bundle: import('esbuild').PluginBuild) {
    bundle.onResolve({ filter: /\/promise\.ts$/ }, () => ({ path: `${import.meta.dirname}/promise.native.ts` }));
  },
};
