import { expect, test } from '@playwright/test';

declare global {
  interface Window {
    /** The directives that the page has broken since it was opened. */
    violations: string[];
    intruder?: boolean;
  }
}

test.beforeEach(async ({ page }) => {
  await page.addInitScript(() => {
    window.violations = [];
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) =>
      window.violations.push(`${effectiveDirective} ${blockedURI}`),
    );
  });
});

for (const route of ['#/', '#/lesson/event-producer-broker-consumer', '#/sandbox'])
  test(`${route} keeps the page's own policy, editor and run included`, async ({ page }) => {
    await page.goto(`./${route}`);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    if (route !== '#/') {
      await page.getByRole('textbox', { name: /^Код:/ }).focus();
      await expect(page.locator('.monaco-editor .view-line').first()).toBeVisible();
    }
    expect(await page.evaluate(() => window.violations)).toEqual([]);
  });

test('the policy refuses what did not come with the site', async ({ page }) => {
  await page.goto('./');
  await page.evaluate(async () => {
    const script = document.createElement('script');
    script.textContent = 'window.intruder = true';
    document.body.append(script);
    const frame = document.createElement('iframe');
    frame.src = 'http://127.0.0.1:9/';
    document.body.append(frame);
    await fetch('http://127.0.0.1:9/').catch(() => undefined);
  });
  expect(await page.evaluate(() => window.intruder)).toBeUndefined();
  await expect
    .poll(() => page.evaluate(() => window.violations.map((violation) => violation.split(' ')[0]).sort()))
    .toEqual(['connect-src', 'frame-src', 'script-src-elem']);
});
