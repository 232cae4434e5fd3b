import { expect, type Page } from '@playwright/test';

/** Runs what is in the editor and waits until the run is over; the prediction is answered first where one is asked. */
export async function play(page: Page): Promise<void> {
  const run = page.getByRole('button', { name: /^(Запустить|Run)$/ });
  await run.waitFor();
  const option = page.getByRole('radio').first();
  if (await option.isVisible()) await option.click();
  await run.click();
  const toEnd = page.getByRole('button', { name: /^(До конца|To the end)$/ });
  await expect(toEnd).toBeEnabled();
  await toEnd.click();
  await expect(page.locator('section.tape').getByText(/^(Прогон закончен|The run is over)/)).toBeVisible();
}

/** Puts `text` in the place of what the editor shows. */
export async function write(page: Page, text: string): Promise<void> {
  const editor = page.locator('.monaco-editor .native-edit-context, .monaco-editor textarea.inputarea').first();
  await editor.focus();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.insertText(text);
}
