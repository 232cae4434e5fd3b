import { expect, test } from '@playwright/test';
import { play, write } from './steps.ts';

test('a service is added, renamed, run and deleted', async ({ page }) => {
  await page.goto('./#/sandbox');
  await page.getByRole('button', { name: 'Новый файл' }).click();
  await page.getByRole('textbox', { name: 'Новый файл' }).fill('Bad Name');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert').filter({ hasText: 'order-service.ts' })).toBeVisible();
  await page.getByRole('textbox', { name: 'Новый файл' }).fill('audit');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('tab', { name: 'audit.ts' })).toHaveAttribute('aria-selected', 'true');
  await write(page, "eventBus.subscribe('#', (event, delivery) => { console.log('seen', delivery.type); });");
  await page.getByRole('button', { name: 'Переименовать', exact: true }).click();
  await page.getByRole('textbox', { name: 'Переименовать', exact: true }).fill('ledger');
  await page.keyboard.press('Enter');
  await play(page);
  await page.getByRole('tab', { name: 'Консоль' }).click();
  await expect(page.getByRole('log')).toContainText('seen order.created');
  await page.getByRole('button', { name: 'Удалить', exact: true }).click();
  await expect(page.getByRole('tab', { name: 'ledger.ts' })).toBeHidden();
  await page.getByRole('button', { name: 'Вернуть код' }).click();
  await expect(page.getByRole('tab', { name: 'ledger.ts' })).toBeVisible();
});

test('a mistake is a sentence with its place, and a click goes there', async ({ page }) => {
  await page.goto('./#/sandbox');
  await page.locator('#editor').hover();
  await page.locator('.monaco-editor').waitFor();
  await write(page, "import { eventBus } from 'eda';\nconst x = ;");
  await page.getByRole('button', { name: 'Запустить', exact: true }).click();
  const problem = page.getByRole('button', { name: /order-service\.ts:2:11/ });
  await expect(problem).toBeVisible();
  await problem.click();
  await expect(page.locator('.monaco-editor .revealed').first()).toBeVisible();
});

test('an endless loop is stopped and the code is still there', async ({ page }) => {
  await page.goto('./#/sandbox');
  await page.locator('#editor').hover();
  await page.locator('.monaco-editor').waitFor();
  await write(page, 'while (true) {}');
  await page.getByRole('button', { name: 'Запустить', exact: true }).click();
  await expect(page.getByRole('alert').filter({ hasText: /order-service\.ts:1:\d+|цикл без конца/ })).toBeVisible();
  await expect(page.locator('#editor')).toContainText('while');
});

test('a fault that is chosen strikes in the next run and is told by the journal', async ({ page }) => {
  await page.goto('./#/sandbox');
  await page.getByRole('button', { name: 'потери' }).click();
  await page.getByLabel('Зерно').fill('3');
  await play(page);
  await page.getByRole('tab', { name: 'Журнал' }).click();
  await page.getByRole('searchbox').fill('fault.struck drop');
  await expect(page.getByRole('row').filter({ hasText: 'сбой' }).first()).toBeVisible();
});

test('an event is followed from the journal to its line of code', async ({ page }) => {
  await page.goto('./#/sandbox');
  await play(page);
  await page.getByRole('tab', { name: 'Журнал' }).click();
  await page.getByRole('searchbox').fill('published order.created');
  await page.getByRole('row').nth(1).click();
  const card = page.getByRole('complementary', { name: 'Запись' });
  await expect(card).toContainText('order.created');
  await expect(card.getByRole('button', { name: 'строка 5' })).toBeVisible();
  await expect(page.getByRole('tab', { name: 'order-service.ts' })).toHaveAttribute('aria-selected', 'true');
});
