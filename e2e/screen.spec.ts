import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { play } from './steps.ts';

const lesson = './#/lesson/event-producer-broker-consumer';
const pages = { home: './', lesson, sandbox: './#/sandbox' };
const sizes = {
  '1440x900': [1440, 900],
  '1920x1080': [1920, 1080],
  '390x844': [390, 844],
  '320x640': [320, 640],
} as const;

/** Cyrillic letters on an English page, but for what says itself that it is Russian. */
const leftovers = (page: Page) =>
  page.evaluate(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found: string[] = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode())
      if (/[а-яё]/i.test(node.nodeValue ?? '') && !node.parentElement!.closest('[lang="ru"], script, style, noscript'))
        found.push(node.nodeValue!.trim());
    return found;
  });

for (const theme of ['dark', 'light'] as const)
  for (const language of ['ru', 'en'] as const)
    test.describe(`${theme}, ${language}`, () => {
      test.use({ colorScheme: theme, locale: language === 'ru' ? 'ru-RU' : 'en-US' });

      for (const [name, address] of Object.entries(pages))
        test(`${name} has no accessibility violation, no foreign word and fits every screen`, async ({
          page,
        }, info) => {
          await page.goto(address);
          if (name === 'home') await page.locator('figure').waitFor();
          else await play(page);
          await expect(page.locator('html')).toHaveAttribute('lang', language);
          await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
          if (language === 'en') expect(await leftovers(page)).toEqual([]);
          for (const [size, [width, height]] of Object.entries(sizes)) {
            await page.setViewportSize({ width, height });
            expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
            await page.screenshot({ path: info.outputPath(`${name}-${theme}-${language}-${size}.png`) });
            if (size !== '1440x900' && size !== '390x844') continue;
            const { violations } = await new AxeBuilder({ page }).exclude('.monaco-editor').analyze();
            expect(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([]);
          }
        });
    });

test('every view of the world is free of accessibility violations', async ({ page }) => {
  await page.goto('./#/sandbox');
  await play(page);
  for (const name of ['Журнал', 'Очереди', 'Хранилище', 'Мир', 'Консоль']) {
    await page.getByRole('tab', { name, exact: true }).click();
    const { violations } = await new AxeBuilder({ page }).exclude('.monaco-editor').analyze();
    expect(violations.map(({ id, nodes }) => [name, id, nodes.map((node) => node.html)])).toEqual([]);
  }
});

test('language and theme change where one stands and are remembered', async ({ page }) => {
  await page.goto('./#/sandbox');
  await play(page);
  const entries = page.getByRole('slider');
  const before = await entries.getAttribute('aria-valuemax');
  await page.getByRole('button', { name: 'English' }).click();
  await expect(page.getByRole('tab', { name: 'Topology' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Run', exact: true })).toBeVisible();
  expect(await entries.getAttribute('aria-valuemax')).toBe(before);
  const theme = await page.locator('html').getAttribute('data-theme');
  await page.getByRole('button', { name: theme === 'dark' ? 'Light theme' : 'Dark theme' }).click();
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(page.locator('html')).toHaveAttribute('data-theme', theme === 'dark' ? 'light' : 'dark');
});

test.describe('for those who want no motion', () => {
  test.use({ contextOptions: { reducedMotion: 'reduce' } });
  test('the home page stands still until asked, and says in words what is in flight', async ({ page }) => {
    await page.goto('./');
    await expect(page.getByRole('button', { name: 'Показать движение' })).toBeVisible();
  });
});

test('an address that is none says so', async ({ page }) => {
  for (const address of ['./#/nowhere', './#/lesson/nothing-of-the-kind']) {
    await page.goto(address);
    await expect(page.getByRole('heading', { name: 'Такой страницы нет' })).toBeVisible();
  }
});
