import { svelte } from '@sveltejs/vite-plugin-svelte';
import { playwright } from '@vitest/browser-playwright';
import { configDefaults, defineConfig } from 'vitest/config';
import { lessons } from './tools/build/lessons.ts';
import { launchOptions } from './tools/test/browser.ts';

const plugins = () => [svelte(), lessons()];
const boundaries = 'tests/boundaries.test.ts';
const inBrowser = '**/*.browser.test.ts';

export default defineConfig({
  test: {
    projects: [
      {
        plugins: plugins(),
        test: {
          name: 'unit',
          include: ['{src,tools,tests,lessons,bench}/**/*.test.ts'],
          exclude: [...configDefaults.exclude, inBrowser, boundaries],
        },
      },
      { test: { name: 'boundaries', include: [boundaries] } },
      {
        plugins: plugins(),
        test: {
          name: 'browser',
          include: [`src/${inBrowser}`],
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
