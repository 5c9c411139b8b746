import { readFile } from "node:fs/promises";
import { z } from "zod";

export type Counts = { passed: number; failed: number; skipped: number };

export const none: Counts = { passed: 0, failed: 0, skipped: 0 };

export const add = (a: Counts, b: Counts): Counts => ({
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
  skipped: a.skipped + b.skipped,
});

/** A check that is one thing: types, lint, arrows. */
export const one = (isFine: boolean): Counts => ({ ...none, [isFine ? "passed" : "failed"]: 1 });

const vitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.unknown()) })),
});

/** Counts of Vitest's JSON report; a file that could not even be read is one failure. */
export const vitestCounts = (file: string, isFine: boolean): Promise<Counts> =>
  counted(file, isFine, (json) => {
    const report = vitestReport.parse(json);
    const broken = report.testResults.filter(
      ({ status, assertionResults }) => status === "failed" && assertionResults.length === 0,
    );
    return {
      passed: report.numPassedTests,
      failed: report.numFailedTests + broken.length,
      skipped: report.numPendingTests + report.numTodoTests,
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
    return { passed: expected, failed: unexpected + flaky, skipped };
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
    return one(false);
  }
  const counts = read(JSON.parse(text));
  return isFine || counts.failed > 0 ? counts : add(counts, one(false));
}
