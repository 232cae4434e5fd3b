import { defineConfig } from '@playwright/test';
import { launchOptions } from './tools/test/browser.ts';

// Under a sub-path, because that is where a static host puts it.
const site = 'http://127.0.0.1:4180/eventarium/';

export default defineConfig({
  testDir: 'e2e',
  workers: 2,
  forbidOnly: process.env.CI !== undefined,
  fullyParallel: true,
  // No test measures time, so a busy machine must not fail one: the limits are there for what hangs.
  timeout: 180_000,
  expect: { timeout: 45_000 },
  reporter: [['list']],
  use: { baseURL: site, locale: 'ru-RU', viewport: { width: 1440, height: 900 }, launchOptions: launchOptions() },
  webServer: {
    command: 'vite build && vite preview --base /eventarium/ --host 127.0.0.1 --port 4180 --strictPort',
    url: site,
    timeout: 300_000,
    reuseExistingServer: false,
  },
});
