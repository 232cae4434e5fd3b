import MarkdownIt, { type MarkdownIt as Markdown } from 'markdown-it';
import { createHighlighter } from 'shiki';
import type { Plugin } from 'vite';

const themes = { light: 'github-light-high-contrast', dark: 'github-dark' };
const languages = ['ts', 'js', 'json', 'bash', 'yaml', 'http'];

/** A lesson's text as the page shows it. `title` is its first heading; `html` is all of it, that heading included. */
interface LessonText {
  readonly title: string;
  readonly html: string;
}

/** Turns each `lessons/<folder>/{ru,en}.md` into a module that exports `title` and `html`. */
export const lessons = (): Plugin => ({
  name: 'lessons',
  transform: {
    filter: { id: /\/lessons\/[^/]+\/(ru|en)\.md$/ },
    async handler(source) {
      const { title, html } = await lessonText(source);
      return {
        code: `export const title = ${JSON.stringify(title)};\nexport const html = ${JSON.stringify(html)};`,
        map: null,
        moduleType: 'js',
      };
    },
  },
});

/**
 * Renders Markdown. Code comes highlighted in the colours of both themes (CSS variables `--shiki-light` and
 * `--shiki-dark`); headings have ids made of their words, so that a text can link into itself.
 */
export async function lessonText(source: string): Promise<LessonText> {
  const markdown = await renderer();
  const tokens = markdown.parse(source, {});
  const taken = new Map<string, number>();
  let title = '';
  tokens.forEach((token, i) => {
    if (token.type !== 'heading_open') return;
    const text = tokens[i + 1]?.content ?? '';
    if (token.tag === 'h1') title ||= text;
    const words =
      text
        .toLowerCase()
        .match(/[\p{L}\p{N}]+/gu)
        ?.join('-') ?? 'section';
    const times = (taken.get(words) ?? 0) + 1;
    taken.set(words, times);
    token.attrSet('id', times === 1 ? words : `${words}-${times}`);
  });
  return { title, html: markdown.renderer.render(tokens, markdown.options, {}) };
}

let made: Promise<Markdown> | undefined;
/** Grammars take half a second to load: once for all lessons. */
const renderer = (): Promise<Markdown> => (made ??= makeRenderer());

async function makeRenderer(): Promise<Markdown> {
  const highlighter = await createHighlighter({ themes: Object.values(themes), langs: languages });
  const known = highlighter.getLoadedLanguages();
  return new MarkdownIt({
    highlight: (code, lang) =>
      highlighter
        .codeToHtml(code.trimEnd(), { lang: known.includes(lang) ? lang : 'text', themes, defaultColor: false })
        // Code is in no human language: a translator leaves it, a screen reader does not read it as Russian.
        .replace('<pre ', '<pre lang="en" translate="no" '),
  });
}
