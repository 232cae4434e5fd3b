import type { Plugin } from 'vite';
import { bootstrapHash } from '../../src/sandbox/bootstrap.ts';

const policy = [
  "default-src 'self'",
  // The frame of a run inherits this policy: hence the hash of its one script. A nonce would open `import()` in it too.
  `script-src 'self' '${bootstrapHash}'`,
  "worker-src 'self' blob:",
  "frame-src 'none'",
  // Monaco writes its colours as inline styles and its squiggles as data: images.
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** Writes the page's Content-Security-Policy into index.html, in dev and in the build alike: a static host has no headers. */
export const csp = (): Plugin => ({
  name: 'csp',
  transformIndexHtml: () => [
    { tag: 'meta', attrs: { 'http-equiv': 'Content-Security-Policy', content: policy }, injectTo: 'head-prepend' },
  ],
});
