// Installs the locked packages when any of them is missing or of another version. Plain Node: it runs before there is anything else.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

const versions = (file) => {
  const { packages } = JSON.parse(readFileSync(file, 'utf8'));
  return Object.entries(packages).filter(([path, entry]) => path && !entry.optional);
};
const installed = 'node_modules/.package-lock.json';
const present = existsSync(installed) ? new Map(versions(installed)) : new Map();
const missing = versions('package-lock.json').filter(([path, { version }]) => present.get(path)?.version !== version);

if (missing.length > 0) {
  console.error(`${missing.length} packages are missing: npm ci`);
  execFileSync('npm', ['ci', '--no-audit', '--no-fund'], { stdio: 'inherit', shell: process.platform === 'win32' });
}
