import { readFile } from 'node:fs/promises';
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { play, write } from './steps.ts';

/** The account as the article writes it, and what it leaves out: who calls it. */
const account = `class BankAccount {
    constructor(accountId) {
        this.accountId = accountId;
        this.balance = 0;
        this.events = [];
    }

    applyEvent(event) {
        switch(event.type) {
            case 'account.created':
                this.balance = event.initialBalance;
                break;
            case 'money.deposited':
                this.balance += event.amount;
                break;
            case 'money.withdrawn':
                this.balance -= event.amount;
                break;
        }
        this.events.push(event);
    }

    deposit(amount) {
        const event = {
            type: 'money.deposited',
            accountId: this.accountId,
            amount: amount,
            timestamp: new Date()
        };

        this.applyEvent(event);
        eventStore.save(event);
    }
}

const account = new BankAccount('A');
account.deposit(100);
account.deposit(50);
`;

/** A projection that is slow, a queue of orders, and somebody who asks too early. */
const shop = `import { eventStore, readModel } from 'eda';

eventStore.subscribe({ from: 'start' }, async (event) => {
  await new Promise((resolve) => setTimeout(resolve, 400));
  await readModel.transaction(({ orders, checkpoint }) => {
    orders.upsert({ orderId: event.orderId, amount: event.amount });
    checkpoint('orders', event.$.position);
  });
});

setTimeout(() => {
  for (let n = 1; n <= 4; n++) void eventStore.append({ type: 'order.created', orderId: 'ORD-' + n, amount: n * 100 });
}, 100);
`;

/** Opens the sandbox and pastes the code in the place of its first service: what is typed the editor would complete. */
async function sandbox(page: Page, code: string): Promise<void> {
  await page.goto('./#/sandbox');
  await page.locator('#editor').hover();
  await page.locator('.monaco-editor').waitFor();
  await paste(page, code);
}

async function paste(page: Page, code: string): Promise<void> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.evaluate((text) => navigator.clipboard.writeText(text), code);
  await write(page, '');
  await page.keyboard.press('ControlOrMeta+V');
  await expect(page.getByText(/^(Сохранено|Saved)$/)).toBeVisible();
}

const tab = (page: Page, name: string) => page.getByRole('tab', { name, exact: true });
const stored = (page: Page) => page.getByRole('group', { name: /^(Рабочие места|Workspaces)$/ });

async function accessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).exclude('.monaco-editor').analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([]);
}

test('two deposits survive a reload, and a slider shows the balance after each of them', async ({ page }) => {
  await sandbox(page, account);
  await play(page);
  await expect(stored(page)).toContainText('2 события');
  await expect(page.getByText('Сохранено', { exact: true })).toBeVisible();
  await page.reload();
  await expect(stored(page)).toContainText('2 события');
  await expect(page.getByText('Последний прогон, как он был записан.')).toBeVisible();

  await tab(page, 'Хранилище').click();
  await page.getByRole('button', { name: 'account-A' }).click();
  const state = page.locator('pre').filter({ hasText: 'balance' });
  await expect(state).toContainText('"balance": 150');
  const slider = page.getByRole('slider', { name: /Свёрнуто/ });
  await slider.focus();
  await page.keyboard.press('ArrowLeft');
  await expect(state).toContainText('"balance": 100');
  await expect(page.getByRole('listitem').filter({ hasText: 'balance' })).toHaveText(/balance 0\s*→\s*100/);
  await page.keyboard.press('Home');
  await expect(state).toContainText('"balance": 0');
  await expect(page.getByText('BankAccount.applyEvent')).toBeVisible();
  await accessible(page);

  await play(page);
  await expect(stored(page)).toContainText('4 события');
  await expect(page.getByText('до прогона').first()).toBeVisible();
});

test('what is exported, erased and imported is the same, byte for byte; a damaged file changes nothing', async ({
  page,
}) => {
  await sandbox(page, account);
  await play(page);
  const save = async () => {
    const downloading = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Выгрузить события в файл' }).click();
    return readFile(await (await downloading).path());
  };
  const file = await save();
  expect(file.toString().trim().split('\n')).toHaveLength(2);

  await page.getByRole('button', { name: 'Очистить хранилище событий' }).click();
  await accessible(page);
  await page.getByRole('button', { name: 'Очистить', exact: true }).click();
  await expect(stored(page)).toContainText('Хранилище пусто');

  const choose = async (name: string, buffer: Buffer) => {
    await page.locator('input[type=file]').setInputFiles({ name, mimeType: 'application/x-ndjson', buffer });
    await page.getByRole('dialog').waitFor();
  };
  await choose('damaged.ndjson', Buffer.from(file.toString().replace('"revision":1', '"revision":7')));
  await expect(page.getByRole('dialog')).toContainText('Строка 2');
  await accessible(page);
  await page.getByRole('button', { name: 'Закрыть' }).click();
  await expect(stored(page)).toContainText('Хранилище пусто');

  await choose('account.cloudevents.ndjson', file);
  await expect(page.getByRole('dialog')).toContainText('money.deposited');
  await page.getByRole('button', { name: 'Загрузить', exact: true }).click();
  await expect(stored(page)).toContainText('2 события');
  expect((await save()).equals(file)).toBe(true);

  await choose('account.cloudevents.ndjson', file);
  await expect(page.getByRole('dialog')).toContainText('Здесь уже 2');
  await page.getByRole('button', { name: 'В новое рабочее место' }).click();
  await expect(page.getByRole('combobox', { name: 'Рабочее место' })).toHaveText(/account$/);
  await expect(stored(page)).toContainText('2 события');
});

test('workspaces are made, named, copied and deleted, and each has its own code and events', async ({ page }) => {
  await sandbox(page, account);
  await play(page);
  const names = page.getByRole('combobox', { name: 'Рабочее место' });
  await page.getByRole('button', { name: 'Сделать копию рабочего места' }).click();
  await expect(names.locator('option:checked')).toHaveText('Песочница — копия');
  await expect(stored(page)).toContainText('2 события');
  await page.getByRole('button', { name: 'Переименовать рабочее место' }).click();
  await page.getByRole('textbox', { name: 'Имя' }).fill('Счета');
  await page.keyboard.press('Enter');
  await expect(names.locator('option:checked')).toHaveText('Счета');
  await page.getByRole('button', { name: 'Новое рабочее место' }).click();
  await expect(stored(page)).toContainText('Хранилище пусто');
  await names.selectOption('Счета');
  await expect(stored(page)).toContainText('2 события');
  await page.reload();
  await expect(names.locator('option:checked')).toHaveText('Счета');
  await page.getByRole('button', { name: 'Удалить рабочее место' }).click();
  await expect(page.getByRole('dialog')).toContainText('2 события');
  await page.getByRole('dialog').getByRole('button', { name: 'Удалить' }).click();
  await expect(names.locator('option')).toHaveCount(2);
  await expect(names.locator('option:checked')).toHaveText('Песочница');
  await expect(stored(page)).toContainText('2 события');
});

test('a run from an empty store leaves what is kept as it was', async ({ page }) => {
  await sandbox(page, account);
  await play(page);
  await page.getByRole('button', { name: 'с пустого' }).click();
  await play(page);
  await tab(page, 'Хранилище').click();
  await expect(page.getByText('Прогон начат с пустого хранилища')).toBeVisible();
  await expect(stored(page)).toContainText('2 события');
});

test('a read model lags, says so when it is asked, catches up, and is rebuilt beside the old one', async ({ page }) => {
  await sandbox(page, shop);
  await play(page);
  await tab(page, 'Чтение').click();
  const read = page.getByRole('region', { name: 'Сторона чтения' });
  await expect(read).toContainText('не отстаёт');
  await page.getByRole('textbox', { name: 'Значение' }).fill('ORD-1');
  await expect(page.getByText('Свежее.')).toBeVisible();

  // Back to the moment after the first row.
  await page.getByRole('slider', { name: 'Положение в прогоне' }).focus();
  for (let presses = 0; presses < 40 && !(await page.getByText('Устарело.').isVisible()); presses++)
    await page.keyboard.press('ArrowLeft');
  await expect(page.getByText('Устарело.')).toBeVisible();
  await expect(read).toContainText(/отстаёт: \d/);
  await accessible(page);

  await page.getByRole('button', { name: 'Построить заново' }).click();
  await expect(page.getByRole('region', { name: /Старая и новая стороны/ })).toBeVisible();
  await page.getByRole('button', { name: 'До конца' }).click();
  await expect(page.getByRole('region', { name: /Старая и новая стороны/ })).toContainText('совпадает: 4');
  await accessible(page);
});

for (const theme of ['dark', 'light'] as const)
  for (const language of ['ru', 'en'] as const)
    test.describe(`${theme}, ${language}`, () => {
      test.use({ colorScheme: theme, locale: language === 'ru' ? 'ru-RU' : 'en-US' });

      test('store and read models fit every screen', async ({ page }, info) => {
        await sandbox(page, account);
        await play(page);
        await paste(page, shop);
        await play(page);
        const shoot = async (name: string, show: () => Promise<void>) => {
          for (const [width, height] of [
            [1440, 900],
            [390, 844],
            [320, 640],
          ] as const) {
            await page.setViewportSize({ width, height });
            if (width < 900)
              await tab(page, language === 'ru' ? 'Мир' : 'World')
                .first()
                .click();
            await show();
            expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
            await page.screenshot({ path: info.outputPath(`${name}-${theme}-${language}-${width}.png`) });
          }
          await accessible(page);
          await page.setViewportSize({ width: 1440, height: 900 });
        };
        const views = { store: ['Хранилище', 'Store'], reading: ['Чтение', 'Reading'] } as const;
        const open = (view: keyof typeof views) => tab(page, views[view][language === 'ru' ? 0 : 1]).click();
        await shoot('store', () => open('store'));
        await shoot('stream', async () => {
          await open('store');
          const opened = page.getByRole('button', { name: /^(Ко всем потокам|All streams)$/ });
          if (!(await opened.isVisible())) await page.getByRole('button', { name: 'account-A' }).click();
          await opened.waitFor();
        });
        await shoot('reading', () => open('reading'));
      });
    });
