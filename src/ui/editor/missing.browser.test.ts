import { page, userEvent } from 'vitest/browser';
import { mount } from 'svelte';
import { expect, test, vi } from 'vitest';
import { locale } from '../locale.svelte.ts';
import EditorPane from './EditorPane.svelte';

vi.mock('./load.ts', () => ({
  loadMonaco: () => Promise.reject(new Error('Failed to fetch dynamically imported module')),
  whenWanted: (start: () => void) => {
    start();
    return () => undefined;
  },
}));

test('without Monaco the code is edited in a text field', async () => {
  locale.current = 'en';
  const edits: string[] = [];
  mount(EditorPane, {
    target: document.body,
    props: {
      files: [{ name: 'a.ts', text: 'let a;', readonly: false, node: 'a' }],
      active: 'a.ts',
      onedit: (name: string, text: string) => edits.push(`${name}: ${text}`),
      onproblems: () => undefined,
      reveal: undefined,
      colors: () => 'red',
    },
  });
  const field = page.getByRole('textbox', { name: 'Code: a.ts' });
  await expect.element(field).toHaveValue('let a;');
  await userEvent.type(field, '!');
  expect(edits).toEqual(['a.ts: let a;!']);
  await expect.element(page.getByText('The editor could not be loaded.')).toBeInTheDocument();
});
