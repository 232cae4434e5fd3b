import { svelte } from '@sveltejs/vite-plugin-svelte';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { csp } from './tools/build/csp.ts';
import { preloadFonts } from './tools/build/fonts.ts';
import { lessons } from './tools/build/lessons.ts';
import { monacoWithOneTsWorker, monacoWithoutDomLibs } from './tools/build/monaco.ts';
import { offline } from './tools/build/offline.ts';
import { learnerTypings } from './tools/build/typings.ts';
import { realm } from './tools/build/realm.ts';

export default defineConfig({
  base: './',
  plugins: [svelte(), csp(), preloadFonts(), lessons(), realm(), learnerTypings(), monacoWithOneTsWorker(), offline()],
  // A lesson's goals are the titles of its rules: the page reads them from check.ts itself.
  resolve: { alias: { 'eda/check': fileURLToPath(new URL('src/lessons/check.ts', import.meta.url)) } },
  worker: { format: 'es', plugins: () => [monacoWithoutDomLibs()] },
  // Monaco's own chunks are what they are; the budget of the shell is measured by `npm run bench`.
  build: { target: 'es2022', chunkSizeWarningLimit: 8000, rolldownOptions: { checks: { pluginTimings: false } } },
});
