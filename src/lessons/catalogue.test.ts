import { expect, it } from 'vitest';
import { lessons, loadLesson, programOf } from './catalogue.ts';

it('lists the lessons in the order of the course', () => {
  const numbers = lessons.map(({ number }) => number);
  expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
  expect(lessons[0]).toMatchObject({ number: 1, id: 'event-producer-broker-consumer', requires: [] });
});

it('loads all that the page of a lesson needs', async () => {
  const content = await loadLesson('event-producer-broker-consumer');
  expect(content.ru.title).toBe(content.lesson.title.ru);
  expect(content.en.html).toContain('<h1');
  expect(Object.keys(content.start)).toEqual(['order-service.ts', 'inventory-service.ts']);
  expect(Object.keys(content.solution)).toEqual(Object.keys(content.start));
  expect(Object.keys(programOf(content, content.solution))).toEqual([
    'order-service.ts',
    'inventory-service.ts',
    'given/email-service.ts',
    'scenario.ts',
    'check.ts',
  ]);
});

it('does not know a lesson that is not there', async () => {
  await expect(loadLesson('no-such-lesson')).rejects.toThrow('there is no lesson "no-such-lesson"');
});
