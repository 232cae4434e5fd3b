import type { Plugin } from 'vite';

/**
 * Cuts the declarations of DOM, WebWorker and ScriptHost out of the TypeScript that Monaco bundles: learner code has none
 * of them, and the worker is 2.5 MB smaller.
 */
export const monacoWithoutDomLibs = (): Plugin => ({
  name: 'monaco-without-dom-libs',
  transform: {
    filter: { id: /typescript\/lib\/lib\.js$/ },
    handler(code) {
      let cut = 0;
      const trimmed = code.replace(
        /libFileMap\["([^"]+)"\]\s*=\s*("(?:[^"\\]|\\.)*"|`(?:[^`\\]|\\.)*`|'(?:[^'\\]|\\.)*');/g,
        (declaration, name: string) => (/dom|webworker|scripthost/.test(name) ? (cut++, '') : declaration),
      );
      if (cut === 0) this.error('lib.dom.d.ts is not where Monaco had it: update monacoWithoutDomLibs');
      return { code: trimmed, map: null };
    },
  },
});

/** Monaco's own `new Worker(new URL('ts.worker.js'))` would put a second TypeScript of 4 MB beside ours. */
export const monacoWithOneTsWorker = (): Plugin => ({
  name: 'monaco-with-one-ts-worker',
  enforce: 'pre',
  transform: {
    filter: { id: /languages\/features\/typescript\/workerManager\.js$/ },
    handler(code) {
      const without = code.replace(
        /createWorker: \(\) => new Worker\(new URL\('ts\.worker\.js', import\.meta\.url\), \{ type: "module" \}\),/,
        '',
      );
      if (without === code) this.error('createWorker is not where Monaco had it: update monacoWithOneTsWorker');
      return { code: without, map: null };
    },
  },
});
