import { expect, test } from '@playwright/test';
import { play } from './steps.ts';

test('a queue shows what it holds at the cursor, and its events by keyboard', async ({ page }) => {
  await page.goto('./#/sandbox');
  await play(page);
  await page.getByRole('tab', { name: 'Журнал' }).click();
  await page.getByRole('searchbox').fill('routed');
  await page.getByRole('row').nth(1).click();
  await page.getByRole('tab', { name: 'Очереди' }).click();
  const table = page.getByRole('table', { name: 'Шина' });
  const row = table.getByRole('row').filter({ hasText: 'payment-service' });
  await expect(row.getByRole('cell').nth(4)).toHaveText('1');
  await row.getByRole('button').focus();
  await page.keyboard.press('Enter');
  await expect(row.getByRole('button')).toHaveAttribute('aria-expanded', 'true');
  await page.getByRole('button', { name: 'order.created e-1' }).click();
  await expect(page.getByRole('complementary', { name: 'Запись' })).toContainText('order.created');
  await page.getByRole('button', { name: 'До конца' }).click();
  await expect(row.getByRole('cell').nth(4)).toHaveText('0');
});
