import type { editor } from 'monaco-editor/editor';
import type { Place } from '../../kernel/facts.ts';
import type { Problem } from '../../sandbox/protocol.ts';
import { locale } from '../locale.svelte.ts';
import { compile } from './compiler.ts';
import type { Monaco } from './load.ts';

/** A file in the editor. `node` is the service that it is, if it is one. */
export interface CodeFile {
  readonly name: string;
  readonly text: string;
  readonly readonly: boolean;
  readonly node: string | undefined;
}

/** What happens in the editor and matters outside. */
export interface Listener {
  edited(name: string, text: string): void;
  found(problems: readonly Problem[]): void;
  focused(focus: boolean): void;
  /** The next Tab leaves the editor, or does not any more. */
  leaving(leaving: boolean): void;
}

/** How long after the last keystroke the rules of the program are looked at: real ms. */
const patience = 400;

/** Metrics that the plain text has too, so that nothing moves when Monaco comes. */
export const metrics = { font: 13, line: 21, top: 10, digits: 3, gap: 16 } as const;

/** One Monaco editor over all files of a workspace: a model for each, with its undo history, selection and scroll. */
export class Surface {
  readonly #monaco: Monaco;
  readonly #editor: editor.IStandaloneCodeEditor;
  readonly #listener: Listener;
  readonly #models = new Map<string, editor.ITextModel>();
  readonly #views = new Map<string, editor.ICodeEditorViewState | null>();
  readonly #revealed: editor.IEditorDecorationsCollection;
  readonly #disposables: { dispose(): void }[] = [];
  #active: string | undefined;
  #ruling: ReturnType<typeof setTimeout> | undefined;

  constructor(monaco: Monaco, host: HTMLElement, listener: Listener) {
    this.#monaco = monaco;
    this.#listener = listener;
    this.#editor = monaco.editor.create(host, {
      model: null,
      automaticLayout: true,
      fontFamily: getComputedStyle(host).fontFamily,
      fontLigatures: false,
      fontSize: metrics.font,
      lineHeight: metrics.line,
      lineNumbersMinChars: metrics.digits,
      lineDecorationsWidth: metrics.gap,
      padding: { top: metrics.top, bottom: metrics.top },
      folding: false,
      glyphMargin: false,
      guides: { indentation: false },
      fixedOverflowWidgets: true,
      inlayHints: { enabled: 'off' },
      minimap: { enabled: false },
      overviewRulerLanes: 0,
      renderLineHighlight: 'none',
      scrollbar: { horizontalScrollbarSize: 10, verticalScrollbarSize: 10, useShadows: false },
      scrollBeyondLastLine: false,
      stickyScroll: { enabled: false },
      tabSize: 2,
      // Cyrillic letters are not a trick here.
      unicodeHighlight: { ambiguousCharacters: false },
      wordBasedSuggestions: 'off',
    });
    this.#revealed = this.#editor.createDecorationsCollection();
    this.#disposables.push(
      this.#editor,
      this.#editor.onDidFocusEditorText(() => listener.focused(true)),
      this.#editor.onDidBlurEditorText(() => {
        listener.focused(false);
        this.#leave(false);
      }),
      this.#editor.onKeyDown(({ keyCode }) => {
        const { Tab, Shift, Escape } = monaco.KeyCode;
        if (![Tab, Shift, Escape].includes(keyCode)) this.#leave(false);
      }),
      monaco.editor.onDidChangeMarkers((uris) => {
        const own = [...this.#models.values()].map(({ uri }) => uri.toString());
        if (uris.some((uri) => own.includes(uri.toString()))) listener.found(this.#problems());
      }),
    );
  }

  /** Esc closes what is open; when nothing is, the next Tab moves the focus out. `label` names it in the command palette. */
  letLeave(label: string): void {
    const open = [
      'suggestWidget',
      'parameterHints',
      'findWidget',
      'renameInput',
      'markersNavigation',
      'referenceSearch',
    ];
    this.#disposables.push(
      this.#editor.addAction({
        id: 'eventarium.leave',
        label,
        keybindings: [this.#monaco.KeyCode.Escape],
        precondition: [
          ...open.map((widget) => `!${widget}Visible`),
          '!inSnippetMode',
          '!editorHasMultipleSelections',
        ].join(' && '),
        run: () => this.#leave(true),
      }),
    );
  }

  /** Makes the models those of the files. A text that differs is an edit, so that it can be undone. */
  show(files: readonly CodeFile[], active: string): void {
    const { editor: monaco, Uri } = this.#monaco;
    const names = new Set(files.map(({ name }) => name));
    for (const [name, model] of this.#models) if (!names.has(name)) this.#forget(name, model);
    for (const { name, text } of files) {
      const known = this.#models.get(name);
      if (!known) {
        const uri = Uri.from({ scheme: 'file', path: `/${name}` });
        const model = monaco.createModel(text, name.endsWith('.json') ? 'json' : 'typescript', uri);
        model.updateOptions({
          bracketColorizationOptions: { enabled: false, independentColorPoolPerBracketType: false },
        });
        model.onDidChangeContent(() => this.#changed(name, model));
        this.#models.set(name, model);
        this.#rule();
      } else if (known.getValue() !== text) {
        known.pushEditOperations([], [{ range: known.getFullModelRange(), text }], () => null);
        known.pushStackElement();
      }
    }
    const file = files.find(({ name }) => name === active);
    this.#editor.updateOptions({ readOnly: file?.readonly ?? true, domReadOnly: file?.readonly ?? true });
    if (this.#active === active) return;
    if (this.#active !== undefined) this.#views.set(this.#active, this.#editor.saveViewState());
    this.#active = active;
    this.#revealed.clear();
    this.#editor.setModel(this.#models.get(active) ?? null);
    this.#editor.restoreViewState(this.#views.get(active) ?? null);
  }

  /** What a screen reader calls the editor. */
  name(label: string): void {
    this.#editor.updateOptions({ ariaLabel: label });
  }

  theme(name: 'dark' | 'light'): void {
    this.#monaco.editor.setTheme(`eventarium-${name}`);
  }

  /** Brings a line of the active file into sight and lights it until the next edit. */
  reveal({ file, line, column }: Place): void {
    const model = this.#models.get(file);
    if (!model || file !== this.#active) return;
    const position = model.validatePosition({ lineNumber: line, column });
    this.#editor.revealPositionInCenterIfOutsideViewport(position);
    this.#editor.setPosition(position);
    const range = this.#monaco.Range.fromPositions(position);
    this.#revealed.set([{ range, options: { isWholeLine: true, className: 'revealed' } }]);
  }

  focus(): void {
    this.#editor.focus();
  }

  /** Says everything again in the language that is current now. */
  async translate(): Promise<void> {
    await this.#monaco.speak(locale.current);
    this.#rule();
  }

  dispose(): void {
    clearTimeout(this.#ruling);
    for (const disposable of this.#disposables) disposable.dispose();
    for (const [name, model] of this.#models) this.#forget(name, model);
  }

  #forget(name: string, model: editor.ITextModel): void {
    this.#models.delete(name);
    this.#views.delete(name);
    if (this.#active === name) this.#active = undefined;
    model.dispose();
  }

  #changed(name: string, model: editor.ITextModel): void {
    this.#revealed.clear();
    this.#listener.edited(name, model.getValue());
    this.#rule();
  }

  #leave(leaving: boolean): void {
    this.#editor.updateOptions({ tabFocusMode: leaving });
    this.#listener.leaving(leaving);
  }

  /** Marks what the compiler of the program forbids and TypeScript knows nothing of. */
  #rule(): void {
    clearTimeout(this.#ruling);
    this.#ruling = setTimeout(() => void this.#checkRules(), patience);
  }

  async #checkRules(): Promise<void> {
    const { editor: monaco, MarkerSeverity } = this.#monaco;
    const files = Object.fromEntries([...this.#models].map(([name, model]) => [name, model.getValue()]));
    const { problems } = await compile(files, locale.current);
    for (const [name, model] of this.#models) {
      const markers = problems
        .filter(({ file, kind }) => file === name && kind === 'rule')
        .map(({ line, column, message }) => {
          const word = model.getWordAtPosition({ lineNumber: line, column });
          const end = Math.max(word?.endColumn ?? 0, model.getLineMaxColumn(Math.min(line, model.getLineCount())));
          const range = { startLineNumber: line, startColumn: column, endLineNumber: line, endColumn: end };
          return { ...range, message: locale.of(message), severity: MarkerSeverity.Error };
        });
      if (!model.isDisposed()) monaco.setModelMarkers(model, 'eventarium', markers);
    }
  }

  /** Where a rule is broken TypeScript often has something to say too, such as that it knows no such module: once is enough. */
  #problems(): Problem[] {
    const { editor: monaco, MarkerSeverity } = this.#monaco;
    const problems = [...this.#models].flatMap(([file, model]) =>
      monaco
        .getModelMarkers({ resource: model.uri })
        .filter(({ severity }) => severity === MarkerSeverity.Error)
        .map(({ owner, code, startLineNumber: line, startColumn: column, message }): Problem => ({
          kind: owner === 'eventarium' ? 'rule' : owner === 'json' || Number(code) < 2000 ? 'syntax' : 'type',
          file,
          line,
          column,
          message,
        })),
    );
    const place = ({ file, line, column }: Problem) => `${file}:${line}:${column}`;
    const ruled = new Set(problems.filter(({ kind }) => kind === 'rule').map(place));
    return problems.filter((problem) => problem.kind === 'rule' || !ruled.has(place(problem)));
  }
}
