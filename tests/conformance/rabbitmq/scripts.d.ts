import type { Script } from './harness.js';

export const scripts: Readonly<Record<string, Script>>;
