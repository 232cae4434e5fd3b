import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** JavaScript that a visitor loads before anything can be seen, gzipped: bytes. */
const budget = 60 * 1024;

/** Builds the site and weighs the scripts that its page asks for by itself: the entry and what that imports. */
function shell(): number {
  const site = mkdtempSync(join(tmpdir(), 'eventarium-site-'));
  try {
    execFileSync('npx', ['vite', 'build', '--outDir', site, '--emptyOutDir', '--logLevel', 'error'], {
      stdio: 'inherit',
    });
    const page = readFileSync(join(site, 'index.html'), 'utf8');
    const entries = [...page.matchAll(/<script[^>]*\ssrc="([^"]+)"/g)].map(([, path]) => join(site, path!));
    if (entries.length === 0) throw new Error('the page has no script');
    const seen = new Set<string>();
    const weigh = (file: string): number => {
      if (seen.has(file)) return 0;
      seen.add(file);
      const code = readFileSync(file, 'utf8');
      const imports = [...code.matchAll(/(?:\bfrom|\bimport)\s*["'](\.[^"']+\.js)["']/g)];
      return imports.reduce(
        (sum, [, path]) => sum + weigh(join(file, '..', path!)),
        gzipSync(code, { level: 9 }).length,
      );
    };
    return entries.reduce((sum, entry) => sum + weigh(entry), 0);
  } finally {
    rmSync(site, { recursive: true });
  }
}

export const benchmarks = [
  {
    bench: 'web',
    case: 'shell before the editor, gzip, against 60 KiB: how often it fits in',
    unit: 'shells per budget',
    run: () => Promise.resolve({ ours: budget / shell(), baseline: 1, runs: 1 }),
  },
];
