import { initialize, ts, TypeScriptWorker } from 'monaco-editor/languages/features/typescript/ts.worker';
import { compile, type Program } from '../../realm/compile.ts';

/** Monaco's TypeScript worker, which compiles whole programs too and speaks Russian. */
export class Compiler extends TypeScriptWorker {
  /** Whatever the files are; see `compile`. */
  compile(files: Readonly<Record<string, string>>): Program {
    return compile(ts.typescript, files);
  }

  /** From now on the compiler's messages come in this language. */
  async speak(language: string): Promise<void> {
    await speak(language);
    // What it has found so far was put into words.
    this.getLanguageService().cleanupSemanticCache();
  }
}

async function speak(language: string): Promise<void> {
  const messages =
    language === 'ru' ? (await import('typescript/lib/ru/diagnosticMessages.generated.json')).default : undefined;
  ts.typescript.setLocalizedDiagnosticMessages(messages);
}

// The worker is named by the language that it begins with; until its messages have come, Monaco's wait.
const early: MessageEvent<unknown>[] = [];
self.onmessage = (event: MessageEvent<unknown>) => void early.push(event);
await speak(self.name);
self.onmessage = () => initialize((context, data) => new Compiler(context, data));
for (const { data, ports } of early) self.dispatchEvent(new MessageEvent('message', { data, ports: [...ports] }));
