import type { Problem } from '../../sandbox/protocol.ts';
import type { Language } from '../locale.svelte.ts';
import { loadMonaco } from './load.ts';

/** A program ready to run, or what forbids it. */
export interface Compiled {
  readonly program: string;
  readonly problems: readonly Problem[];
}

/**
 * Compiles in Monaco's TypeScript worker, which is loaded when it is not there yet; no editor has to be on the screen.
 * @throws when Monaco cannot be loaded
 */
export async function compile(files: Readonly<Record<string, string>>, language: Language): Promise<Compiled> {
  const { compiler, speak } = await loadMonaco(language);
  await speak(language);
  const { text, problems } = await (await compiler()).compile(files);
  return { program: text, problems };
}
