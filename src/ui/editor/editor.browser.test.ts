import { userEvent } from 'vitest/browser';
import { mount, unmount } from 'svelte';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Problem } from '../../sandbox/protocol.ts';
import { locale } from '../locale.svelte.ts';
import { compile } from './compiler.ts';
import EditorPane from './EditorPane.svelte';

const found: Problem[][] = [];
const edits: string[] = [];
let pane: Record<string, unknown>;

const sources = {
  'order-service.ts': `import { eventBus } from 'eda';
import { pay } from './payment-service';
import { of } from 'rxjs';
class Same {}
const amount: number = 'three';
eventBus.publish('order.created', { amount });
of(1).subscribe((n) => n.toFixed());
pay(amount);
`,
  'payment-service.ts':
    'import { x } from "./absent"; x;\nclass Same {}\nexport const pay = (amount: number) => amount;\n',
  'scenario.ts': `import { scenario } from 'eda/scenario';
export default scenario((world) => void world.at('soon'));
`,
};

beforeAll(() => {
  locale.current = 'en';
  document.documentElement.lang = 'en';
  const target = document.body.appendChild(document.createElement('div'));
  target.style.cssText = 'display: flex; width: 700px; height: 400px';
  pane = mount(EditorPane, {
    target,
    props: {
      files: Object.entries(sources).map(([name, text]) => ({ name, text, readonly: false, node: name.split('.')[0] })),
      active: 'order-service.ts',
      onedit: (_: string, text: string) => edits.push(text),
      onproblems: (problems: readonly Problem[]) => found.push([...problems]),
      reveal: undefined,
      colors: () => 'red',
    },
  });
});
afterAll(() => unmount(pane));

const says = (problems: readonly Problem[] | undefined) =>
  problems?.map(({ kind, file, line, message }) => `${kind} ${file}:${line} ${locale.of(message).slice(0, 34)}`).sort();

test('a program is compiled without an editor on the screen', async () => {
  expect(document.querySelector('pre')?.textContent).toContain('class Same {}');
  expect(document.querySelector('.monaco-editor')).toBeNull();
  const { program, problems } = await compile({ 'a.ts': 'await 1;' }, 'en');
  expect(problems).toEqual([]);
  expect(program).toContain('__eventarium.program({"nodes":[{"name":"a","file":"a.ts"}]');
});

test('a syntax error is told in the language that is asked for', async () => {
  const message = async (language: 'ru' | 'en') =>
    (await compile({ 'a.ts': 'let x = ;' }, language)).problems[0]?.message;
  expect(await message('ru')).toBe('Ожидалось выражение.');
  expect(await message('en')).toBe('Expression expected.');
});

test('Monaco takes the place of the text and finds what is wrong with types and rules', async () => {
  window.dispatchEvent(new Event('pointermove'));
  await vi.waitFor(
    () =>
      expect(says(found.at(-1))).toEqual([
        'rule order-service.ts:2 “payment-service” is another servi',
        'rule payment-service.ts:1 There is no file “./absent”. Files',
        "type order-service.ts:5 Type 'string' is not assignable to",
        "type scenario.ts:2 Argument of type 'string' is not a",
      ]),
    { timeout: 60_000 },
  );
  expect(document.querySelector('pre')).toBeNull();
});

test('what is typed is told; Tab types; Esc and Tab leave', async () => {
  const after = document.body.appendChild(document.createElement('button'));
  await userEvent.click(document.querySelector('.view-lines')!);
  await userEvent.keyboard('{Control>}{Home}{/Control}// news{Enter}{Tab}');
  expect(edits.at(-1)).toBe(`// news\n  ${sources['order-service.ts']}`);
  await userEvent.keyboard('{Escape}{Tab}');
  expect(document.activeElement).toBe(after);
});

test('another language is spoken everywhere', async () => {
  locale.current = 'ru';
  await vi.waitFor(
    () =>
      expect(says(found.at(-1))).toEqual([
        'rule order-service.ts:3 «payment-service» — другой сервис,',
        'rule payment-service.ts:1 Файла «./absent» нет. Импортироват',
        'type order-service.ts:6 Тип "string" не может быть назначе',
        'type scenario.ts:2 Аргумент типа "string" нельзя назн',
      ]),
    { timeout: 60_000 },
  );
});
