import { expect, test } from 'vitest';
import { lessonText } from './lessons.ts';

test('the first heading is the title, and headings have ids of their own', async () => {
  const { title, html } = await lessonText('# Событие и брокер\n\n## Дальше\n\n## Дальше\n');
  expect(title).toBe('Событие и брокер');
  expect([...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)).toEqual(['событие-и-брокер', 'дальше', 'дальше-2']);
});

test('code is coloured for both themes and kept from translators', async () => {
  const { html } = await lessonText('```ts\nconst answer = 42;\n```\n');
  expect(html).toMatch(/<pre lang="en" translate="no"[^>]*--shiki-light:[^>]*--shiki-dark:/);
  expect(html.replace(/<[^>]+>/g, '')).toBe('const answer = 42;\n');
});

test('code in a language that nobody knows stays as it is', async () => {
  const { html } = await lessonText('```klingon\n<Qapla>\n```\n');
  expect(html).toContain('&#x3C;Qapla>');
});

test('HTML in a lesson is text, not markup', async () => {
  expect((await lessonText('<script>alert(1)</script>')).html).not.toContain('<script>');
});
