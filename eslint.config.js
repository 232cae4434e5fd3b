import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

// A run is a pure function: whatever a browser or Node adds to the language is ambient time, chance or order.
const language = new Set(Object.keys(globals.es2025));
const ambient = Object.keys({ ...globals.browser, ...globals.worker, ...globals.nodeBuiltin }).filter(
  (name) => !language.has(name),
);
const pure = {
  files: ['src/{kernel,brokers,views,lessons}/**/*.ts', 'lessons/*/*.ts'],
  ignores: ['**/*.test.ts'],
  rules: {
    'no-restricted-globals': ['error', 'Date', 'Intl', 'globalThis', ...ambient],
    'no-restricted-properties': [
      'error',
      { object: 'Math', property: 'random', message: 'Draw from the run’s own stream of chance.' },
      { property: 'localeCompare', message: 'The order would depend on the reader’s language.' },
      { property: 'toLocaleString', message: 'The text would depend on the reader’s language.' },
    ],
    'no-restricted-syntax': [
      'error',
      {
        selector: 'CallExpression[arguments.length=0] > MemberExpression.callee[property.name=/^(sort|toSorted)$/]',
        message: 'Say what the order is.',
      },
    ],
  },
};

export default defineConfig(
  globalIgnores(['dist', 'test-results', 'playwright-report', 'src/realm/typings']),
  js.configs.recommended,
  ts.configs.recommendedTypeChecked,
  svelte.configs.recommended,
  {
    languageOptions: {
      parserOptions: { projectService: true, extraFileExtensions: ['.svelte'], tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      // The compiler knows better.
      'no-undef': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },
  { files: ['**/*.svelte', '**/*.svelte.ts'], languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } } },
  { files: ['**/*.js', '**/*.mjs'], extends: [ts.configs.disableTypeChecked] },
  pure,
  // What is in a table and what another service answers is whatever the program made of it.
  {
    files: ['lessons/*/{start,given,solution,alt-*,wrong}/**/*.ts'],
    rules: {
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  // What a learner starts from names what it does not use yet; what is wrong may be wrong in that, too.
  {
    files: ['lessons/*/{start,wrong}/**/*.ts'],
    rules: {
      '@typescript-eslint/no-unused-vars': 'off',
      '@typescript-eslint/no-floating-promises': 'off',
      '@typescript-eslint/require-await': 'off',
    },
  },
);
