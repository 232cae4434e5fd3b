import type { Plugin } from 'vite';

/**
 * Cuts the declarations of DOM, WebWorker and ScriptHost out of the TypeScript that Monaco bundles (`typescript/lib/lib.js`):
 * learner code has none of them, and the worker is 2.5 MB smaller. Throws when they are not where Monaco 0.57 has them.
 */
export function withoutDomLibs(code: string): string {
  const kept = code.replace(
    /libFileMap\["([^"]+)"\]\s*=\s*("(?:[^"\\]|\\.)*"|`(?:[^`\\]|\\.)*`|'(?:[^'\\]|\\.)*');/g,
    (declaration, name: string) => (/dom|webworker|scripthost/.test(name) ? '' : declaration),
  );
  if (kept === code) throw new Error('Monaco keeps its TypeScript libraries in another way: update withoutDomLibs');
  return kept;
}

/**
 * Cuts `new Worker(new URL('ts.worker.js'))` out of Monaco's `workerManager.js`: it would put a second TypeScript of 4 MB
 * beside ours. Throws when it is not there.
 */
export function withoutOwnWorker(code: string): string {
  const kept = code.replace(
    /createWorker: \(\) => new Worker\(new URL\('ts\.worker\.js', import\.meta\.url\), \{ type: "module" \}\),/,
    '',
  );
  if (kept === code) throw new Error('Monaco starts its TypeScript worker in another way: update withoutOwnWorker');
  return kept;
}

/** For the build of workers: TypeScript without the libraries of a page. */
export const monacoWithoutDomLibs = (): Plugin => ({
  name: 'monaco-without-dom-libs',
  transform: {
    filter: { id: /monaco-editor\/.*\/typescript\/lib\/lib\.js$/ },
    handler: (code) => ({ code: withoutDomLibs(code), map: null }),
  },
});

/** For the build of the page: no TypeScript worker but ours. */
export const monacoWithOneTsWorker = (): Plugin => ({
  name: 'monaco-with-one-ts-worker',
  enforce: 'pre',
  transform: {
    filter: { id: /monaco-editor\/.*\/typescript\/workerManager\.js$/ },
    handler: (code) => ({ code: withoutOwnWorker(code), map: null }),
  },
});
