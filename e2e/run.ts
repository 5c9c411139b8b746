import { mkdtemp, rm } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { namedServers, startTestServer, type TestServer } from "#db/testing/server.ts";
import { Ending } from "#lib/platform/boot/ending.ts";
import { contactSheet } from "./screens/contact-sheet.ts";
import { screensFolder } from "./screens/folder.ts";
import { browserTests } from "./support/browser.ts";
import { add, type Counts, none, one, vitestCounts } from "./support/counts.ts";
import { runNode, runTool } from "./support/process.ts";
import { settled } from "./support/settled.ts";

/*
 * All of `npm test`. `npm test -- --only unit lib/policy` runs one part, and of it the files whose names hold the
 * words that follow.
 */

const parts = ["types", "lint", "arrows", "unit", "browser", "chaos", "screens"] as const;
type Part = (typeof parts)[number];
/** Only run when it is asked for: it is for people to look at. */
const asked: readonly Part[] = ["screens"];

const { values, positionals: filters } = parseArgs({
  options: { only: { type: "string", multiple: true }, abreast: { type: "string" } },
  allowPositionals: true,
});
const only = values.only?.flatMap((value) => value.split(","));
const unknown = only?.find((name) => !parts.some((part) => part === name));
if (unknown) throw new Error(`There is no part "${unknown}": ${parts.join(", ")}.`);

const ending = new Ending();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
  process.on(signal, () => ending.abort());

const folder = await mkdtemp(join(tmpdir(), "alongside-run-"));
const most = namedServers().length || (process.env.DATABASE_URL ? 1 : 2);
/** How many files run side by side: by `--abreast`, else two where a core and a server each is there. */
const abreast = Number(values.abreast) || Math.min(most, 2, availableParallelism());
const servers: Promise<TestServer>[] = [];

/**
 * The test servers of a part, one for each of what runs side by side: the log is read on up to the oldest transaction of a
 * whole server, so that on one they would hold each other up. What was started for one part serves the next.
 */
function testServers(wanted: number): Promise<TestServer[]> {
  const start = async (which: number) => {
    const { server, stop } = await startTestServer({ which });
    ending.add(stop);
    return server;
  };
  while (servers.length < wanted) servers.push(start(servers.length));
  return settled(servers.slice(0, wanted));
}

const run: Record<Part, () => Promise<Counts>> = {
  types: async () => one(await runTool("tsc", ["--noEmit"], ending.signal), "types"),
  lint: async () => one(await runTool("biome", ["check", "."], ending.signal), "lint"),
  arrows: async () => {
    const folders = ["app", "components", "lib", "db", "sdk", "examples", "bench"];
    const args = ["--config", ".dependency-cruiser.cjs", ...folders];
    return one(await runTool("depcruise", args, ending.signal), "arrows");
  },
  unit: async () => {
    const report = join(folder, "vitest.json");
    const reporters = ["--reporter=dot", "--reporter=json", `--outputFile.json=${report}`];
    const isFine = await runNode(
      ["node_modules/vitest/vitest.mjs", "run", ...reporters, ...filters],
      { TEST_SERVERS: JSON.stringify(await testServers(abreast)) },
      ending.signal,
    );
    return vitestCounts(report, isFine);
  },
  browser: async () => {
    // A few files are not worth a second stack.
    const isFew = filters.length > 0 && !values.abreast;
    const stacks = await testServers(isFew ? 1 : abreast);
    return browserTests({ servers: stacks, folder, filters, ending });
  },
  screens: async () => {
    if (filters.length === 0) await rm(screensFolder, { recursive: true, force: true });
    const counts = await browserTests({
      ...{ servers: await testServers(abreast), folder, filters, ending },
      ...{ config: "e2e/screens/playwright.config.ts", withHistory: true },
    });
    const without = await contactSheet(screensFolder);
    const missed = filters.length === 0 ? without : [];
    return missed.map((page) => one(false, `no picture of ${page}`)).reduce(add, counts);
  },
  chaos: async () => {
    const isFine = await runNode(
      ["e2e/chaos/run.ts", "--rounds", "3", "--seed", "3"],
      {},
      ending.signal,
    );
    return one(isFine, "chaos");
  },
};

let total = none;
let wasCutShort = false;
try {
  for (const part of parts) {
    if (ending.signal.aborted || (only ? !only.includes(part) : asked.includes(part))) continue;
    console.log(`\n── ${part}`);
    total = add(total, await counts(part));
  }
} finally {
  wasCutShort = ending.signal.aborted;
  await ending.run();
  await rm(folder, { recursive: true, force: true });
}
const { passed, failed, skipped, failures } = total;
for (const name of failures) console.log(`failed: ${name}`);
console.log(`\n${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exit(failed > 0 || wasCutShort ? 1 : 0);

/** A part that could not even be run has failed. */
async function counts(part: Part): Promise<Counts> {
  try {
    return await run[part]();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return one(false, part);
  }
}
