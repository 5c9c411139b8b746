import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ending } from "#lib/platform/boot/ending.ts";
import type { Bench } from "./bench.ts";
import { boot } from "./boot.ts";
import { benchContext } from "./context.ts";
import { decision } from "./decision.ts";
import { exportsBench } from "./exports.ts";
import type { Figure } from "./figure.ts";
import { findings, findingsTried } from "./findings.ts";
import { machineLine } from "./machine.ts";
import { notices } from "./notices.ts";
import { pack } from "./pack.ts";
import { panel } from "./panel.ts";
import { peers } from "./peers.ts";
import { queue } from "./queue.ts";
import { keep, table } from "./results.ts";
import { review } from "./review.ts";
import { reviews } from "./reviews.ts";
import { sdk } from "./sdk.ts";
import { search } from "./search.ts";
import { start } from "./start.ts";
import { told } from "./told.ts";
import { usage } from "./usage.ts";

/*
 * `npm run bench [NAME…]`: one JSON object a line on standard output, then a table; RESULTS.md is written anew for
 * what was run. Ends with 1 where a target was missed. With `-- --small` the parts are small and nothing is kept.
 */

const benches: Bench[] = [
  start,
  told,
  decision,
  panel,
  search,
  sdk,
  peers,
  boot,
  usage,
  queue,
  review,
  reviews,
  findings,
  findingsTried,
  exportsBench,
  pack,
  notices,
];

const size = process.argv.includes("--small") ? "small" : "full";
const wanted = process.argv.slice(2).filter((word) => word !== "--small");
const unknown = wanted.find((name) => !benches.some((bench) => bench.name === name));
if (unknown)
  throw new Error(`There is no bench "${unknown}": ${benches.map(({ name }) => name).join(", ")}.`);

const ending = new Ending();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
  process.on(signal, () => ending.abort());

const folder = await mkdtemp(join(tmpdir(), "alongside-bench-"));
const shared = benchContext({ size, folder, ending });
const all: Figure[] = [];
try {
  for (const bench of benches) {
    if (ending.signal.aborted || (wanted.length > 0 && !wanted.includes(bench.name))) continue;
    shared.say(`${bench.name}: ${bench.about}`);
    all.push(...(await measure(bench)));
  }
} finally {
  await ending.run();
  await rm(folder, { recursive: true, force: true });
}
/** On a database and with a panel of its own: what one has left behind is not what the next is to find. */
async function measure(bench: Bench): Promise<Figure[]> {
  const own = new Ending();
  ending.add(() => own.run());
  const ctx = benchContext({
    size,
    folder: await mkdtemp(join(folder, `${bench.name}-`)),
    ending: own,
    server: await shared.server(),
  });
  const figures: Figure[] = [];
  for await (const figure of bench.run(ctx)) {
    ending.signal.throwIfAborted();
    console.log(JSON.stringify(figure));
    figures.push(figure);
  }
  if (size === "full") await keep(bench, await machineLine(ctx), figures);
  await own.run();
  return figures;
}

console.log(`\n${table(all).join("\n")}`);
process.exit(all.every(({ ok }) => ok !== false) ? 0 : 1);
