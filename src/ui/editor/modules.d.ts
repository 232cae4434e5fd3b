declare module 'virtual:typings' {
  /** The text of every `.d.ts` that learner code is checked against, by its URI. */
  const typings: Readonly<Record<string, string>>;
  export default typings;
}

// Monaco ships its TypeScript worker without types.
declare module 'monaco-editor/languages/features/typescript/ts.worker' {
  type Create = (context: unknown, data: unknown) => object;
  export const initialize: (create: Create) => void;
  export const ts: {
    readonly typescript: typeof import('typescript') & {
      setLocalizedDiagnosticMessages(messages: Readonly<Record<string, string>> | undefined): void;
    };
  };
  export class TypeScriptWorker {
    constructor(context: unknown, data: unknown);
    protected getLanguageService(): import('typescript').LanguageService;
  }
}
