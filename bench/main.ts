// `npm run -s bench -- [--json] [NAME…]`: ours beside a baseline, in one run each; `ratio` is ours by baseline.
import { benchmarks as bus } from './bus.ts';
import { benchmarks as draw } from './draw.ts';
import { benchmarks as journal } from './journal.ts';
import { benchmarks as kernel } from './kernel.ts';
import { benchmarks as store } from './store.ts';
import { benchmarks as storm } from './storm.ts';
import { benchmarks as web } from './web.ts';

const known = [...kernel, ...storm, ...bus, ...journal, ...store, ...draw, ...web];
const args = process.argv.slice(2);
const json = args.includes('--json');
const wanted = args.filter((arg) => arg !== '--json');
const names = [...new Set(known.map(({ bench }) => bench))];
const unknown = wanted.filter((name) => !names.includes(name));

if (unknown.length > 0) {
  process.stderr.write(`there is no bench ${unknown.join(', ')}; there are ${names.join(', ')}\n`);
  process.exitCode = 1;
} else {
  for (const { bench, case: what, unit, run } of known) {
    if (wanted.length > 0 && !wanted.includes(bench)) continue;
    const { ours, baseline, runs } = await run();
    const ratio = ours / baseline;
    const round = (value: number) => Number(value.toPrecision(4));
    process.stdout.write(
      json
        ? `${JSON.stringify({ bench, case: what, ours: round(ours), baseline: round(baseline), ratio: round(ratio), unit, runs })}\n`
        : `${`${ratio.toFixed(2)}×`.padStart(9)}  ${bench}: ${what} (${Math.round(ours).toLocaleString('en')} to ${Math.round(baseline).toLocaleString('en')} ${unit}, ${runs} runs)\n`,
    );
  }
}
