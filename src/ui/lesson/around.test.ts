import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { aroundPrediction } from './around.ts';

test('the card stands behind the section that asks for a prediction', () => {
  const [intro, ask, run] = ['<h1>a</h1><p>b</p>', '<h2 id="predict">Predict</h2><p>c</p>', '<h2 id="run">Run</h2>'];
  expect(aroundPrediction(intro + ask + run)).toEqual([intro + ask, run]);
  expect(aroundPrediction(intro)).toEqual([intro, '']);
});

test('every lesson asks for a prediction, and goes on after it', () => {
  const texts = readdirSync('lessons', { recursive: true, encoding: 'utf8' });
  for (const [language, heading] of [
    ['ru', 'Предскажите'],
    ['en', 'Predict'],
  ])
    for (const file of texts.filter((path) => path.endsWith(`${language}.md`))) {
      const headings = readFileSync(`lessons/${file}`, 'utf8')
        .split('\n')
        .filter((line) => line.startsWith('## '));
      const place = headings.indexOf(`## ${heading}`);
      expect([file, place >= 0 && place < headings.length - 1]).toEqual([file, true]);
    }
});
