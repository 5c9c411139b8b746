import { join } from "node:path";
import { freePort } from "#db/embedded/port.ts";
import type { Ending } from "#lib/platform/boot/ending.ts";
import { readSettings } from "#lib/platform/boot/settings.ts";
import { startStack } from "#lib/platform/boot/stack.ts";
import type { BenchDatabase, RunningPanel } from "./bench.ts";
import { ledgerClientSecret } from "./context.ts";

/** Baked into the build: a constant, so that the next run need not build again. It protects nothing. */
const actionsKey = Buffer.alloc(32, "alongside bench").toString("base64");

/** What makes a build the bench's own, and lets the next run use it again. */
export const buildSettings = {
  DIST_DIR: ".next-bench",
  NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: actionsKey,
  BENCH_ROUTES: "1",
};

type Options = {
  database: BenchDatabase;
  ledgerDatabaseUrl: string;
  folder: string;
  ending: Ending;
  say: (line: string) => void;
};

/** All that `npm start` runs, from a build that has the two trivial routes of `app/bench` too. */
export async function startPanel(options: Options): Promise<RunningPanel> {
  const { database, ledgerDatabaseUrl, folder, ending, say } = options;
  const [port, ledgerPort] = [await freePort(), await freePort()];
  const settings = await readSettings({
    NODE_ENV: "production",
    DEMO: "1",
    DATABASE_URL: database.runtimeUrl,
    DATABASE_OWNER_URL: database.ownerUrl,
    LEDGER_DATABASE_URL: ledgerDatabaseUrl,
    LEDGER_CLIENT_SECRET: ledgerClientSecret,
    DATA_DIR: join(folder, "data"),
    PORT: String(port),
    LEDGER_PORT: String(ledgerPort),
    ...buildSettings,
  });
  process.env.BENCH_ROUTES = buildSettings.BENCH_ROUTES;
  await startStack(settings, ending, say);
  return { url: settings.alongsideUrl, ledgerUrl: settings.ledgerUrl, settings };
}
