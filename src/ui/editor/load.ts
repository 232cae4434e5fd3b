import type { Language } from '../locale.svelte.ts';

export type Monaco = typeof import('./monaco.ts');

let loading: Promise<Monaco> | undefined;

/**
 * Monaco, loaded once; a failed attempt is forgotten, so that the next one may succeed. Its own menus speak the language
 * of the first call for as long as the page lives: Monaco reads its words while it is evaluated.
 */
export function loadMonaco(language: Language): Promise<Monaco> {
  loading ??= load(language).catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

async function load(language: Language): Promise<Monaco> {
  if (language === 'ru') await import('monaco-editor/nls/lang/ru');
  return import('./monaco.ts');
}

/**
 * Calls back once when it is time to load what is heavy: at the first sign of a person, or when the page has been quiet
 * for ten seconds. Text and lesson are there before. Returns a function that takes the wish back.
 */
export function whenWanted(start: () => void): () => void {
  const signs = ['pointermove', 'pointerdown', 'touchstart', 'keydown', 'focusin', 'wheel'] as const;
  const begin = () => {
    forget();
    start();
  };
  const forget = () => {
    clearTimeout(quiet);
    for (const sign of signs) removeEventListener(sign, begin);
  };
  const quiet = setTimeout(begin, 10_000);
  for (const sign of signs) addEventListener(sign, begin, { passive: true });
  return forget;
}
