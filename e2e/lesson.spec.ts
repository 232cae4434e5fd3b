import { expect, test } from '@playwright/test';

const address = './#/lesson/event-producer-broker-consumer';

test('a lesson is done from prediction to verdict with the keyboard alone', async ({ page }) => {
  await page.goto(address);
  const run = page.getByRole('button', { name: 'Запустить', exact: true });
  await expect(run).toBeDisabled();
  await page.getByRole('radio', { name: 'Два' }).focus();
  await page.keyboard.press('Enter');
  await expect(run).toBeEnabled();

  await page.getByRole('button', { name: 'Решение' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByText('В редакторе — готовое решение.')).toBeHidden();

  await page.keyboard.press('Control+Enter');
  const playhead = page.getByRole('slider');
  await playhead.focus();
  await page.keyboard.press('End');
  await expect(page.locator('section.tape').getByText(/^Прогон закончен/)).toBeVisible();
  const at = () => playhead.getAttribute('aria-valuetext');
  const end = await at();
  await page.keyboard.press('ArrowLeft');
  expect(await at()).not.toBe(end);
  await page.keyboard.press('ArrowRight');
  expect(await at()).toBe(end);
  await page.keyboard.press('Home');
  expect(await at()).toContain('00:00.000');

  await page.getByRole('button', { name: 'Проверить' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText(/^Пройдено: /).first()).toBeVisible({ timeout: 30_000 });
  await expect(page.locator('.card li.passed')).toHaveCount(6);
});

test('what is wrong is named, and shown on the tape', async ({ page }) => {
  await page.goto(address);
  await page.getByRole('radio', { name: 'Все три' }).click();
  await page.getByRole('button', { name: 'Проверить' }).click();
  const failed = page.locator('.card li.failed').first();
  await expect(failed).toContainText('потеря.', { timeout: 30_000 });
  const show = failed.getByRole('button', { name: /показать на ленте/ });
  const seed = /\d+/.exec((await show.textContent()) ?? '')![0];
  await show.click();
  await expect(page.getByLabel('Зерно')).toHaveValue(seed);
  await expect(page.getByRole('complementary', { name: 'Запись' })).toBeVisible();
});

test('code survives a reload, and what was replaced comes back', async ({ page }) => {
  await page.goto(address);
  await page.getByRole('radio', { name: 'Два' }).click();
  await page.getByRole('button', { name: 'Решение' }).click();
  await page.getByRole('button', { name: 'Показать', exact: true }).click();
  const code = page.locator('#editor');
  const inventory = page.getByRole('tab', { name: 'inventory-service.ts' });
  await inventory.click();
  await expect(code).toContainText('subscribe');
  await expect(page.getByText('Сохранено')).toBeVisible();
  await page.reload();
  await inventory.click();
  await expect(code).toContainText('subscribe');
  await expect(page.getByRole('radio', { name: 'Два' })).toBeChecked();
  await page.getByRole('button', { name: 'Сначала' }).click();
  await expect(code).not.toContainText('subscribe');
  await page.getByRole('button', { name: 'Вернуть код' }).click();
  await expect(code).toContainText('subscribe');
});

test('keys move the run unless they are typed', async ({ page }) => {
  await page.goto('./#/sandbox');
  await page.getByRole('button', { name: 'Запустить', exact: true }).click();
  await expect(page.getByRole('slider')).toBeVisible();
  await page.getByRole('button', { name: 'До конца' }).click();
  await page.locator('main').focus();
  const text = () => page.getByRole('slider').getAttribute('aria-valuetext');
  await expect(page.locator('section.tape').getByText(/^Прогон закончен/)).toBeVisible();
  const end = await text();
  await page.keyboard.press('ArrowLeft');
  const before = await text();
  expect(before).not.toBe(end);
  await page.keyboard.press('Shift+ArrowLeft');
  expect(await text()).not.toBe(before);
  await page.keyboard.press('Shift+?');
  await expect(page.getByRole('dialog', { name: 'Клавиши' })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('tab', { name: 'Журнал' }).click();
  await page.getByRole('searchbox').fill('order');
  const stood = await text();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Home');
  expect(await text()).toBe(stood);
});
