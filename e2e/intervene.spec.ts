import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { play } from './steps.ts';

/** Where the cursor stands: time, entry and how many there are. */
const place = (page: Page) => page.locator('section.tape').getByRole('slider').getAttribute('aria-valuetext');

/** Runs the sandbox and goes back to just behind the first entry that the filter finds. */
async function standBehind(page: Page, filter: string): Promise<void> {
  await page.goto('./#/sandbox');
  await play(page);
  await page.getByRole('tab', { name: 'Журнал' }).click();
  await page.getByRole('searchbox').fill(filter);
  await page.getByRole('row').nth(1).click();
}

test('a message is lost by hand in the past: both futures are kept, told apart and compared, by keyboard', async ({
  page,
}) => {
  await standBehind(page, 'routed');
  const card = page.getByRole('complementary', { name: 'Запись' });
  const opener = card.getByRole('button', { name: /^Вмешаться: в\sпути/ }).first();
  const deliver = page.getByRole('menuitem', { name: 'Доставить сейчас' });
  await opener.focus();
  await page.keyboard.press('Enter');
  await expect(deliver).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(deliver).toBeHidden();
  await expect(opener).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(deliver).toBeFocused();
  await page.keyboard.press('End');
  await expect(page.getByRole('menuitem', { name: 'Потерять' })).toBeFocused();
  await page.keyboard.press('Enter');

  const futures = page.getByRole('combobox', { name: 'Будущее' });
  await expect(futures.getByRole('option')).toHaveCount(2);
  await expect(futures).toHaveValue('1');
  await page.getByRole('button', { name: 'Сравнить' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('fault.struck drop@bus>');
  await expect(dialog.getByRole('table', { name: 'События' })).toContainText('∅');
  const { violations } = await new AxeBuilder({ page }).include('dialog[open]').analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([]);
  await page.keyboard.press('Escape');

  await page.getByRole('searchbox').fill('settled lost');
  await expect(page.getByRole('row')).toHaveCount(2);
  await futures.selectOption('0');
  await expect(page.getByText('Ничего не нашлось.')).toBeVisible();
});

test('a node is paused in the past, stands, and goes on in yet another future', async ({ page }) => {
  await standBehind(page, 'published');
  await page.getByRole('tab', { name: 'Топология' }).click();
  const hand = page.getByRole('button', { name: 'Вмешаться: payment-service' });
  await hand.click();
  await page.getByRole('menuitem', { name: 'Остановить' }).click();
  await expect(page.getByRole('combobox', { name: 'Будущее' })).toHaveValue('1');
  await page.getByRole('button', { name: 'До конца' }).click();
  await hand.click();
  await expect(page.getByRole('menuitem', { name: 'Остановить' })).toBeHidden();
  await page.getByRole('menuitem', { name: 'Продолжить' }).click();
  await expect(page.getByRole('combobox', { name: 'Будущее' }).getByRole('option')).toHaveCount(3);
});

test('an event is published by hand: its JSON is checked, and the run wakes up for it', async ({ page }) => {
  await page.goto('./#/sandbox');
  await play(page);
  await page.getByRole('button', { name: 'Вмешаться: Шина' }).click();
  await page.getByRole('menuitem', { name: 'Опубликовать событие…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Опубликовать событие' });
  await expect(dialog.getByLabel('Данные, JSON')).not.toHaveValue('');
  const { violations } = await new AxeBuilder({ page }).include('dialog[open]').analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([]);
  await dialog.getByLabel('Данные, JSON').fill('{ no json');
  await expect(dialog.getByRole('button', { name: 'Опубликовать', exact: true })).toBeDisabled();
  await dialog.getByLabel('Тип').fill('by.hand');
  await dialog.getByLabel('Данные, JSON').fill('{ "from": "me" }');
  await dialog.getByRole('button', { name: 'Опубликовать', exact: true }).click();
  await page.getByRole('tab', { name: 'Журнал' }).click();
  await page.getByRole('searchbox').fill('by.hand published');
  await expect(page.getByRole('row').nth(1)).toContainText('{"from":"me"}');
});

test('scrubbing back and forth gives the same state', async ({ page }) => {
  await standBehind(page, 'settled');
  await page.getByRole('tab', { name: 'Топология' }).click();
  const state = async () => [await place(page), await page.locator('.topology .node').allInnerTexts()];
  const before = await state();
  const playhead = page.locator('section.tape').getByRole('slider');
  await playhead.focus();
  for (const key of ['Home', 'End']) await page.keyboard.press(key);
  expect(await state()).not.toEqual(before);
  await page.getByRole('tab', { name: 'Журнал' }).click();
  await page.getByRole('searchbox').fill('settled');
  await page.getByRole('row').nth(1).click();
  await page.getByRole('tab', { name: 'Топология' }).click();
  expect(await state()).toEqual(before);
});
