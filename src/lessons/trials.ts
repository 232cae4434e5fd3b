import type { Trial } from '../kernel/run.ts';
import type { Lesson } from './lesson.ts';

/** The runs of a check: consecutive seeds, the plans of faults in turn. */
export function trials({ seeds, faults }: Pick<Lesson, 'seeds' | 'faults'>, from: number): Trial[] {
  return Array.from({ length: seeds }, (_, i) => ({ seed: from + i, faults: faults[i % faults.length]! }));
}

/**
 * The first seed of a pass. It comes from the code, so that the same code always gets the same verdict and nobody can
 * fit code to known seeds: FNV-1a over paths and texts, in the order of the paths.
 */
export function seedOf(files: Readonly<Record<string, string>>): number {
  let hash = 0x811c9dc5;
  for (const path of Object.keys(files).sort((a, b) => (a < b ? -1 : 1)))
    for (const char of `${path}\n${files[path]!}\n`) hash = Math.imul(hash ^ char.codePointAt(0)!, 0x01000193);
  return hash >>> 0;
}
