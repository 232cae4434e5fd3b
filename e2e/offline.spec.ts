import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { preview } from 'vite';

/** Serves a folder under a sub-path until `stop` is called. */
async function serve(folder: string): Promise<{ address: string; stop(): Promise<void> }> {
  const server = await preview({
    configFile: false,
    logLevel: 'silent',
    base: '/somewhere/else/',
    build: { outDir: folder },
    preview: { host: '127.0.0.1' },
  });
  return { address: server.resolvedUrls!.local[0]!, stop: () => server.close() };
}

/** A copy of the built site that a test may change. */
function site(folder: string): string {
  cpSync('dist', folder, { recursive: true });
  return folder;
}

/** The service worker is active: all of the site is stored. */
const stored = (page: Page) => page.evaluate(async () => void (await navigator.serviceWorker.ready));

const words = {
  Русский: {
    run: 'Запустить',
    outcome: /^(Верно|Вышло иначе)\./,
    solution: 'Решение',
    show: 'Показать',
    check: 'Проверить',
    passed: /^Пройдено: /,
  },
  English: {
    run: 'Run',
    outcome: /^(Right|It came out differently)\./,
    solution: 'Solution',
    show: 'Show',
    check: 'Check',
    passed: /^Passed: /,
  },
};

test('every file of the site is stored at the first visit', async ({ page }) => {
  await page.goto('./');
  await stored(page);
  const addresses = await page.evaluate(async () => {
    const stores = await Promise.all((await caches.keys()).map((name) => caches.open(name)));
    const requests = await Promise.all(stores.map((cache) => cache.keys()));
    return requests.flat().map(({ url }) => url);
  });
  const paths = addresses.map((address) => new URL(address).pathname.replace('/eventarium/', ''));
  const files = readdirSync('dist', { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative('dist', join(parentPath, name)));
  // The service worker cannot store itself.
  expect(paths.sort()).toEqual(files.filter((file) => !/^(sw|workbox-.*)\.js$/.test(file)).sort());
});

test('without a network and without the server, lesson 1 is done again in both languages', async ({
  page,
  context,
}, info) => {
  const server = await serve(site(info.outputPath('site')));
  await page.goto(`${server.address}#/lesson/event-producer-broker-consumer`);
  await stored(page);
  await server.stop();
  await context.setOffline(true);
  await page.reload();

  await page.getByRole('radio').first().click();
  for (const [language, says] of Object.entries(words)) {
    const button = (name: string) => page.getByRole('button', { name, exact: true });
    await button(language).click();
    await button(says.run).click();
    await expect(page.getByText(says.outcome)).toBeVisible();
    await button(says.solution).click();
    await page.getByRole('dialog').getByRole('button', { name: says.show, exact: true }).click();
    await button(says.check).click();
    await expect(page.getByRole('paragraph').filter({ hasText: says.passed })).toBeVisible();
    await page.reload();
  }
});

test('a new version waits for the learner in every tab', async ({ page, context }, info) => {
  const folder = site(info.outputPath('site'));
  const server = await serve(folder);
  await page.goto(server.address);
  await stored(page);
  const other = await context.newPage();
  await other.goto(server.address);

  const edit = (file: string, from: string | RegExp, to: string) => {
    const text = readFileSync(join(folder, file), 'utf8');
    expect(text).toMatch(from);
    writeFileSync(join(folder, file), text.replace(from, to));
  };
  edit('index.html', '<head>', '<head><meta name="version" content="next">');
  edit('sw.js', /(url:"index\.html",revision:")[^"]+/, '$1next');

  const isNew = (tab: Page) => tab.locator('meta[name=version]').count();
  const take = (tab: Page) => tab.getByRole('button', { name: 'Обновить', exact: true });
  await page.reload();
  await expect(take(page)).toBeVisible();
  await expect(take(other)).toBeVisible();
  expect(await isNew(page)).toBe(0);

  await take(page).click();
  await expect.poll(() => isNew(page)).toBe(1);
  expect(await isNew(other)).toBe(0);
  await take(other).click();
  await expect.poll(() => isNew(other)).toBe(1);
  await server.stop();
});
