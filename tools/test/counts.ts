/** How many tests of a runner passed and failed. A skipped test is neither. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
}

/** A file that did not load has failed, though no test of it is counted. */
interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly { readonly status: string; readonly assertionResults: readonly unknown[] }[];
}

interface PlaywrightReport {
  readonly stats: { readonly expected: number; readonly unexpected: number; readonly flaky: number };
}

/** Reads the JSON report of Vitest (as its `json` reporter writes it). */
export function vitestCounts({ numPassedTests, numFailedTests, testResults }: VitestReport): Counts {
  const unloaded = testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0);
  return { passed: numPassedTests, failed: numFailedTests + unloaded.length };
}

/** Reads the JSON report of Playwright. A flaky test has failed once: it counts as failed. */
export function playwrightCounts({ stats }: PlaywrightReport): Counts {
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky };
}

/** A runner that says "failed" while all its tests passed, or that ran none, has failed too. */
export function honest({ passed, failed }: Counts, exitCode: number): Counts {
  return { passed, failed: failed === 0 && (exitCode !== 0 || passed === 0) ? 1 : failed };
}
