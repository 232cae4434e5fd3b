import { createHash } from 'node:crypto';
import type { Plugin } from 'vite';
import { bootstrap } from '../../src/sandbox/bootstrap.ts';

/** What a browser wants to read in `script-src` before it runs an inline script of exactly this text. */
const hash = (script: string) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`;

/**
 * Writes the page's Content-Security-Policy into index.html, in dev and in the build alike. The frame of a run inherits
 * it, which is why the frame's only inline script is allowed here, by its hash: a nonce would allow its `import()` too.
 */
export function csp(): Plugin {
  const policy = [
    "default-src 'self'",
    `script-src 'self' ${hash(bootstrap)}`,
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
  return {
    name: 'csp',
    transformIndexHtml: () => [
      {
        tag: 'meta',
        attrs: { 'http-equiv': 'Content-Security-Policy', content: policy },
        injectTo: 'head-prepend',
      },
    ],
  };
}
