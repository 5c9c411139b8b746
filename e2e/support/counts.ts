import { readFile } from "node:fs/promises";
import { z } from "zod";

/** `failures` are the names of what failed, for the end of a log that may be all that is read of it. */
export type Counts = { passed: number; failed: number; skipped: number; failures: string[] };

export const none: Counts = { passed: 0, failed: 0, skipped: 0, failures: [] };

export const add = (a: Counts, b: Counts): Counts => ({
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
  skipped: a.skipped + b.skipped,
  failures: [...a.failures, ...b.failures],
});

/** A check that is one thing: types, lint, arrows. */
export const one = (isFine: boolean, name: string): Counts =>
  isFine ? { ...none, passed: 1 } : { ...none, failed: 1, failures: [name] };

const vitestTest = z.object({ status: z.string(), fullName: z.string() });

const vitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
  testResults: z.array(
    z.object({ status: z.string(), assertionResults: z.array(vitestTest), name: z.string() }),
  ),
});

/** Counts of Vitest's JSON report; a file that could not even be read is one failure. */
export const vitestCounts = (file: string, isFine: boolean): Promise<Counts> =>
  counted(file, isFine, (json) => {
    const report = vitestReport.parse(json);
    const broken = report.testResults.filter(
      ({ status, assertionResults }) => status === "failed" && assertionResults.length === 0,
    );
    const failed = report.testResults
      .flatMap(({ assertionResults }) => assertionResults)
      .filter(({ status }) => status === "failed");
    return {
      passed: report.numPassedTests,
      failed: report.numFailedTests + broken.length,
      skipped: report.numPendingTests + report.numTodoTests,
      failures: [...broken.map(({ name }) => name), ...failed.map(({ fullName }) => fullName)],
    };
  });

const playwrightReport = z.object({
  stats: z.object({
    expected: z.number(),
    unexpected: z.number(),
    flaky: z.number(),
    skipped: z.number(),
  }),
});

export const playwrightCounts = (file: string, isFine: boolean): Promise<Counts> =>
  counted(file, isFine, (json) => {
    const { expected, unexpected, flaky, skipped } = playwrightReport.parse(json).stats;
    // Playwright names them itself, in its last lines.
    const failed = unexpected + flaky;
    const failures = failed > 0 ? [`${failed} in the browser`] : [];
    return { passed: expected, failed, skipped, failures };
  });

/** A runner that failed without a failed test, or without a report, has failed once. */
async function counted(
  file: string,
  isFine: boolean,
  read: (json: unknown) => Counts,
): Promise<Counts> {
  const text = await readFile(file, "utf8").catch(() => null);
  if (text === null) {
    console.error("The runner ended before it wrote its report");
    return one(false, "a runner without a report");
  }
  const counts = read(JSON.parse(text));
  return isFine || counts.failed > 0
    ? counts
    : add(counts, one(false, "a runner that ended badly"));
}
