import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { chromium } from 'playwright';
import { browserPath, launchOptions } from './browser.ts';

/**
 * Makes sure that there is a browser and lets everything started later find it, by `CHROME_BIN`. In this order: the one
 * that `CHROME_BIN` names, an installed one, Playwright's own, Debian's (as root), the one that npm carries for Linux.
 * Each is believed only after it has opened a page. Throws when none of them does.
 */
export async function installBrowser(): Promise<void> {
  if (browserPath() !== undefined && (await opens())) return;
  for (const install of [fromPlaywright, fromDebian, fromNpm]) {
    try {
      process.env.CHROME_BIN = await install();
      if (await opens()) return;
    } catch (reason) {
      console.error(`${install.name}: ${reason instanceof Error ? reason.message.split('\n')[0] : String(reason)}`);
    }
  }
  throw new Error('No browser: install Chrome or Chromium, or name one in CHROME_BIN.');
}

async function opens(): Promise<boolean> {
  try {
    const browser = await chromium.launch(launchOptions());
    await browser.newPage().finally(() => browser.close());
    return true;
  } catch (reason) {
    console.error(`${browserPath()} does not start: ${String(reason).split('\n')[0]}`);
    return false;
  }
}

function run(command: string, ...args: string[]): void {
  execFileSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'], shell: process.platform === 'win32' });
}

function fromPlaywright(): string {
  run('npx', 'playwright', 'install', 'chromium');
  return chromium.executablePath();
}

function fromDebian(): string {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) throw new Error('needs apt-get and root');
  run('apt-get', 'update');
  run('apt-get', 'install', '--yes', '--no-install-recommends', 'chromium');
  return '/usr/bin/chromium';
}

/** The package unpacks a Chromium with the libraries and fonts that a bare Linux lacks; it is Linux on x64 only. */
async function fromNpm(): Promise<string> {
  if (process.platform !== 'linux' || process.arch !== 'x64') throw new Error('needs Linux on x64');
  const home = resolve('node_modules/.cache/browser');
  run('npm', 'install', '--prefix', home, '--no-save', '--no-audit', '--no-fund', '@sparticuz/chromium@143.0.4');
  // It unpacks its libraries and fonts only where it takes itself to be on that platform.
  process.env.AWS_EXECUTION_ENV = 'AWS_Lambda_nodejs20.x';
  process.env.AWS_LAMBDA_JS_RUNTIME = 'nodejs20.x';
  const entry = createRequire(join(home, 'package.json')).resolve('@sparticuz/chromium');
  const { default: packed } = (await import(entry)) as { default: { executablePath(): Promise<string> } };
  const path = await packed.executablePath();
  process.env.LD_LIBRARY_PATH = join(tmpdir(), 'al2023/lib');
  process.env.FONTCONFIG_PATH = join(tmpdir(), 'fonts');
  return path;
}
