import { spawn } from "node:child_process";
import { rm } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import { startCluster } from "#db/embedded/cluster.ts";
import { freePort } from "#db/embedded/port.ts";
import { withClient } from "#db/embedded/roles.ts";
import { testDataDir } from "#db/testing/server.ts";
import { root } from "#lib/platform/boot/build.ts";
import type { Bench } from "./bench.ts";
import { figure } from "./figure.ts";
import { median, timed } from "./measure.ts";
import { buildSettings } from "./stack.ts";

/** As measured: there is nothing to compare it with. */
export const boot: Bench = {
  name: "boot",
  about:
    "From nothing to the first query of the embedded PostgreSQL (a new cluster, then one that is there), and from `npm start` on a built tree to the first page (a new data folder, then the same again).",
  async *run(ctx) {
    // Builds, if there is no build: none of that is measured.
    await ctx.panel();
    const [firstQuery, laterQuery, firstPage, laterPage]: number[][] = [[], [], [], []];
    for (let round = 0; round < 3; round += 1) {
      const cluster = await testDataDir();
      firstQuery?.push(await toFirstQuery(cluster));
      laterQuery?.push(await toFirstQuery(cluster));
      await rm(cluster, { recursive: true, force: true });
      const data = await testDataDir();
      firstPage?.push(await toFirstPage(data));
      laterPage?.push(await toFirstPage(data));
      await rm(data, { recursive: true, force: true });
    }
    yield figure("PostgreSQL, first query, new cluster", "ms", median(firstQuery ?? []));
    yield figure("PostgreSQL, first query, later", "ms", median(laterQuery ?? []));
    yield figure("npm start, first page, new data", "ms", median(firstPage ?? []));
    yield figure("npm start, first page, later", "ms", median(laterPage ?? []));
  },
};

async function toFirstQuery(dataDir: string): Promise<number> {
  let stop = async () => {};
  const took = await timed(async () => {
    const options = { dataDir, superuserPassword: "bench", durable: true };
    const cluster = await startCluster(options);
    stop = cluster.stop;
    await withClient(cluster.superuserUrl, (client) => client.query("select 1"));
  });
  await stop();
  return took;
}

async function toFirstPage(dataDir: string): Promise<number> {
  const [port, ledgerPort] = [await freePort(), await freePort()];
  const from = performance.now();
  const child = spawn("npm", ["start"], {
    cwd: root,
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      NODE_ENV: "production",
      ...buildSettings,
      DATA_DIR: dataDir,
      PORT: String(port),
      LEDGER_PORT: String(ledgerPort),
    },
    stdio: "ignore",
    detached: true,
  });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const url = `http://localhost:${port}/sign-in`;
  while (
    !(await fetch(url).then(
      (answer) => answer.ok,
      () => false,
    ))
  ) {
    if (child.exitCode !== null) throw new Error(`npm start ended with ${child.exitCode}`);
    await delay(10);
  }
  const took = performance.now() - from;
  // The whole group, as Ctrl-C in a terminal does.
  if (child.pid) process.kill(-child.pid, "SIGINT");
  await ended;
  return took;
}
