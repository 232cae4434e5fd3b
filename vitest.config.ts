import { svelte } from '@sveltejs/vite-plugin-svelte';
import { playwright } from '@vitest/browser-playwright';
import { configDefaults, defineConfig } from 'vitest/config';
import { lessons } from './tools/build/lessons.ts';
import { realm } from './tools/build/realm.ts';
import { launchOptions } from './tools/test/browser.ts';

const boundaries = 'tests/boundaries.test.ts';
const inBrowser = 'src/**/*.browser.test.ts';

export default defineConfig({
  plugins: [svelte(), lessons(), realm()],
  test: {
    // No test measures time, so a busy machine must not fail one: the limit is there for what hangs.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{src,tools,tests,lessons,bench}/**/*.test.ts'],
          exclude: [...configDefaults.exclude, inBrowser, boundaries],
        },
      },
      { extends: true, test: { name: 'boundaries', include: [boundaries] } },
      {
        extends: true,
        test: {
          name: 'browser',
          include: [inBrowser],
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions: launchOptions() }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
