import MarkdownIt, { type MarkdownIt as Markdown } from 'markdown-it';
import { createHighlighter, type Highlighter } from 'shiki';
import type { Plugin } from 'vite';

const themes = { light: 'github-light', dark: 'github-dark' };
const languages = ['ts', 'js', 'json', 'bash', 'yaml', 'http'];

/**
 * Turns a lesson's `ru.md` or `en.md` into a module `{ title, html }`: the text of its first heading, and the whole,
 * highlighted while building, in the colours of both themes (CSS variables `--shiki-light` and `--shiki-dark`).
 */
export function lessons(): Plugin {
  let markdown: Promise<Markdown> | undefined;
  return {
    name: 'lessons',
    transform: {
      filter: { id: /\/lessons\/[^/]+\/(ru|en)\.md$/ },
      async handler(source) {
        markdown ??= createHighlighter({ themes: Object.values(themes), langs: languages }).then(lessonMarkdown);
        const { title, html } = render(await markdown, source);
        return {
          code: `export const title = ${JSON.stringify(title)};\nexport const html = ${JSON.stringify(html)};`,
          map: null,
          moduleType: 'js',
        };
      },
    },
  };
}

function lessonMarkdown(highlighter: Highlighter): Markdown {
  const known = highlighter.getLoadedLanguages();
  return new MarkdownIt({
    highlight: (code, lang) =>
      highlighter
        .codeToHtml(code, { lang: known.includes(lang) ? lang : 'text', themes, defaultColor: false })
        // Code is in no human language: a translator leaves it, a screen reader does not read it as Russian.
        .replace('<pre ', '<pre lang="en" translate="no" '),
  });
}

/** Headings get ids made of their words, so that a text can link into itself and from the other language. */
function render(markdown: Markdown, source: string): { title: string; html: string } {
  const tokens = markdown.parse(source, {});
  const taken = new Map<string, number>();
  let title = '';
  tokens.forEach((token, i) => {
    if (token.type !== 'heading_open') return;
    const text = tokens[i + 1]?.content ?? '';
    if (token.tag === 'h1') title ||= text;
    const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu)?.join('-') ?? 'section';
    const times = (taken.get(words) ?? 0) + 1;
    taken.set(words, times);
    token.attrSet('id', times === 1 ? words : `${words}-${times}`);
  });
  return { title, html: markdown.renderer.render(tokens, markdown.options, {}) };
}
