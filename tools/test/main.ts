// Every check of the project: `check`, `lint`, `format` and each `test:*` of package.json. The last line says how many passed.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { honest, playwrightCounts, vitestCounts, type Counts } from './counts.ts';
import { installBrowser } from './install-browser.ts';

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
const reports = mkdtempSync(join(tmpdir(), 'eventarium-'));

/** Runs one script of package.json to its end and counts what it says in its report. */
function count(script: string): Counts {
  console.log(`\n── ${script}`);
  const report = join(reports, `${script.replace(':', '-')}.json`);
  const command = scripts[script] ?? '';
  const read = <T>(): T => JSON.parse(readFileSync(report, 'utf8')) as T;
  const run = (...reporters: string[]): number =>
    spawnSync('npm', ['run', '-s', script, '--', ...reporters], {
      stdio: 'inherit',
      // CI: a forgotten `.only` is an error, and no snapshot is written.
      env: { ...process.env, CI: '1', PLAYWRIGHT_JSON_OUTPUT_NAME: report },
      shell: process.platform === 'win32',
    }).status ?? 1;
  try {
    if (command.startsWith('vitest')) {
      const code = run('--reporter=default', '--reporter=json', `--outputFile.json=${report}`);
      return honest(vitestCounts(read()), code);
    }
    if (command.startsWith('playwright')) {
      const code = run('--reporter=list,json');
      return honest(playwrightCounts(read()), code);
    }
    return run() === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  } catch (reason) {
    console.error(`${script} left no report: ${String(reason)}`);
    return { passed: 0, failed: 1 };
  }
}

// Without a browser the checks that need one fail, each by itself.
await installBrowser().catch((reason: unknown) => console.error(String(reason)));
const tests = Object.keys(scripts).filter((name) => name.startsWith('test:'));
const counts = ['check', 'lint', 'format', ...tests].map((script) => ({ script, ...count(script) }));
rmSync(reports, { recursive: true });

const failing = counts.filter(({ failed }) => failed > 0).map(({ script }) => script);
if (failing.length > 0) console.log(`\nfailed: ${failing.join(', ')}`);
const sum = (key: 'passed' | 'failed'): number => counts.reduce((total, each) => total + each[key], 0);
console.log(`\n${sum('passed')} passed, ${sum('failed')} failed`);
process.exitCode = failing.length === 0 ? 0 : 1;
