import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { playwright } from '@vitest/browser-playwright';
import { configDefaults, defineConfig } from 'vitest/config';
import { lessons } from './tools/build/lessons.ts';
import { realm } from './tools/build/realm.ts';
import { learnerTypings } from './tools/build/typings.ts';
import { launchOptions } from './tools/test/browser.ts';
import { commands } from './tools/test/commands.ts';

const boundaries = 'tests/boundaries.test.ts';
const conformance = 'tests/conformance/**/*.test.ts';
const inBrowser = 'src/**/*.browser.test.ts';

export default defineConfig({
  plugins: [svelte(), lessons(), realm(), learnerTypings()],
  // The catalogue reads what each goal says from the rules of the lesson.
  resolve: { alias: { 'eda/check': fileURLToPath(new URL('src/lessons/check.ts', import.meta.url)) } },
  // What only workers import is found too late: Vite would bundle it in the middle of a test.
  optimizeDeps: {
    include: ['monaco-editor/languages/features/typescript/ts.worker', 'acorn', '@jridgewell/trace-mapping'],
  },
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
          exclude: [...configDefaults.exclude, inBrowser, boundaries, conformance],
        },
      },
      { extends: true, test: { name: 'boundaries', include: [boundaries] } },
      { extends: true, test: { name: 'conformance', include: [conformance] } },
      {
        extends: true,
        test: {
          name: 'browser',
          include: [inBrowser],
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            commands,
            provider: playwright({ launchOptions: launchOptions() }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
