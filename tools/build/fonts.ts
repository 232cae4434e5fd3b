import type { Plugin } from 'vite';

/** Asks for the two fonts of the text together with the page, before its style sheet has named them. */
export const preloadFonts = (): Plugin => ({
  name: 'preload-fonts',
  apply: 'build',
  transformIndexHtml: {
    order: 'post',
    handler(_html, { bundle }) {
      const fonts = Object.keys(bundle ?? {}).filter((file) => /onest-(latin|cyrillic)-[^/]*\.woff2$/.test(file));
      if (fonts.length !== 2)
        throw new Error(`preload-fonts: expected Onest in two scripts, found: ${fonts.join(', ')}`);
      return fonts.map((file) => ({
        tag: 'link',
        attrs: { rel: 'preload', href: `./${file}`, as: 'font', type: 'font/woff2', crossorigin: '' },
        injectTo: 'head',
      }));
    },
  },
});
