import { editor, KeyCode, KeyMod } from 'monaco-editor/editor';
import 'monaco-editor/features/register.all';
import 'monaco-editor/languages/definitions/typescript/register';
import 'monaco-editor/languages/features/json/register';
import {
  getTypeScriptWorker,
  ModuleKind,
  ModuleResolutionKind,
  ScriptTarget,
  typescriptDefaults,
} from 'monaco-editor/languages/features/typescript/register';
import EditorWorker from 'monaco-editor/editor/editor.worker?worker';
import JsonWorker from 'monaco-editor/languages/features/json/json.worker?worker';
import typings from 'virtual:typings';
import type { Language } from '../locale.svelte.ts';
import { palettes, type Palette } from './palette.ts';
import TypeScriptWorker from './typescript.worker.ts?worker';
import type { Compiler } from './typescript.worker.ts';

export { editor, KeyCode, KeyMod, MarkerSeverity, Range, Uri } from 'monaco-editor/editor';

let spoken: Language = document.documentElement.lang === 'en' ? 'en' : 'ru';

self.MonacoEnvironment = {
  getWorker: (_, label) =>
    label === 'typescript'
      ? new TypeScriptWorker({ name: spoken })
      : label === 'json'
        ? new JsonWorker()
        : new EditorWorker(),
};

typescriptDefaults.setCompilerOptions({
  target: ScriptTarget.ESNext,
  module: ModuleKind.ESNext,
  moduleResolution: ModuleResolutionKind.NodeJs,
  // Every file is a module of its own: two services may use the same names.
  moduleDetection: 3,
  lib: ['es2023'],
  allowJs: true,
  allowNonTsExtensions: true,
  esModuleInterop: true,
  resolveJsonModule: true,
  strict: true,
  // The article's own code has no types, and must not be red for it.
  noImplicitAny: false,
});
typescriptDefaults.setEagerModelSync(true);
for (const [uri, text] of Object.entries(typings)) typescriptDefaults.addExtraLib(text, uri);

const bare = (color: string) => color.slice(1);
const theme = (name: 'dark' | 'light', palette: Palette) =>
  editor.defineTheme(`eventarium-${name}`, {
    base: name === 'dark' ? 'vs-dark' : 'vs',
    inherit: true,
    rules: [
      { token: '', foreground: bare(palette.text) },
      { token: 'keyword', foreground: bare(palette.keyword) },
      { token: 'string', foreground: bare(palette.string) },
      { token: 'regexp', foreground: bare(palette.string) },
      { token: 'number', foreground: bare(palette.literal) },
      { token: 'type', foreground: bare(palette.name) },
      { token: 'comment', foreground: bare(palette.comment) },
      { token: 'delimiter', foreground: bare(palette.text) },
    ],
    colors: {
      'editor.background': palette.background,
      'editor.foreground': palette.text,
      'editorLineNumber.foreground': palette.number,
      'editorLineNumber.dimmedForeground': palette.number,
      'editorLineNumber.activeForeground': palette.text,
      'editorCursor.foreground': palette.accent,
      'editor.selectionBackground': palette.selection,
      'editorBracketMatch.background': '#00000000',
      'editorBracketMatch.border': palette.number,
      'editorUnnecessaryCode.opacity': '#000000b0',
      'scrollbarSlider.background': `${palette.number}40`,
      'scrollbarSlider.hoverBackground': `${palette.number}70`,
      'scrollbarSlider.activeBackground': `${palette.number}90`,
      'editorError.foreground': palette.error,
      'editorWarning.foreground': palette.accent,
      'editorWidget.background': palette.raised,
      'editorWidget.border': palette.border,
      'editorHoverWidget.background': palette.raised,
      'editorHoverWidget.border': palette.border,
      'editorSuggestWidget.background': palette.raised,
      'editorSuggestWidget.border': palette.border,
      'editorOverviewRuler.border': palette.background,
      focusBorder: palette.accent,
      'widget.shadow': '#00000040',
    },
  });
theme('dark', palettes.dark);
theme('light', palettes.light);

// Ctrl+Enter runs the program.
editor.addKeybindingRules([{ keybinding: KeyMod.CtrlCmd | KeyCode.Enter, command: null }]);
// Monaco measures letters once; with the stand-in font the caret would be off.
void document.fonts.ready.then(() => editor.remeasureFonts());

/** Monaco registers TypeScript when the first model of that language is there; until then it has no worker to give. */
const registered = (async () => {
  const seed = editor.createModel('', 'typescript');
  try {
    for (;;) {
      try {
        return await getTypeScriptWorker();
      } catch (error) {
        if (error !== 'TypeScript not registered!') throw error;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    }
  } finally {
    seed.dispose();
  }
})();

/** The TypeScript worker of this page. */
export async function compiler(): Promise<Remote<Compiler>> {
  return (await (
    await registered
  )()) as unknown as Remote<Compiler>;
}

type Remote<T> = {
  [K in keyof T]: T[K] extends (...args: infer A) => infer R ? (...args: A) => Promise<Awaited<R>> : never;
};

/** Makes the compiler speak a language; what it has said about open files is said again. */
export async function speak(language: Language): Promise<void> {
  if (language === spoken) return;
  spoken = language;
  await (await compiler()).speak(language);
  // A change of any extra library is what makes Monaco ask anew without starting its worker over.
  typescriptDefaults.addExtraLib(`// ${language}`, 'file:///typings/language.d.ts');
}
