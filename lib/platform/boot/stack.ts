import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { migrate } from "#db/migrate.ts";
import { seedDemo } from "#db/seed/demo.ts";
import { dueParts } from "../history/part.ts";
import { seedHistory } from "../history/seed-history.ts";
import { untilAnswering } from "./answering.ts";
import { buildIfStale } from "./build.ts";
import { type ChildOptions, keepRunning } from "./child.ts";
import { childrenOf } from "./children.ts";
import { claimDataDir, requireFreePort } from "./claims.ts";
import { openDatabases } from "./databases.ts";
import type { Ending } from "./ending.ts";
import { markRun } from "./last-run.ts";
import type { Settings } from "./settings.ts";

export type Stack = {
  ownerUrl: string;
  runtimeUrl: string;
  /** Whether the demo product runs too. */
  hasLedger: boolean;
  home: string | null;
  /** Whether the last run in this data folder was killed. */
  wasCutOff: boolean;
};

/**
 * Everything of `npm start`, from nothing to answering; the browser tests start it too. `withHistory`: a demo that is new
 * gets the past of a support desk.
 */
export async function startStack(
  settings: Settings,
  ending: Ending,
  say: (line: string) => void,
  { withHistory = false } = {},
): Promise<Stack> {
  await mkdir(join(settings.dataDir, "logs"), { recursive: true, mode: 0o700 });
  await claimDataDir(settings.dataDir);
  const wasCutOff = await markRun(settings.dataDir, ending);
  // What a killed run left behind ends by itself, a moment after it.
  const patienceMs = wasCutOff ? 5000 : 0;
  await requireFreePort(settings.port, "PORT", patienceMs);
  const mayRunLedger = settings.isDemo || settings.ledgerDatabaseUrl !== null;
  if (mayRunLedger) await requireFreePort(settings.ledgerPort, "LEDGER_PORT", patienceMs);

  const databases = await openDatabases(settings, ending, say);
  ending.signal.throwIfAborted();
  const { ownerUrl, runtimeUrl } = databases;
  const runtimeUser = decodeURIComponent(new URL(runtimeUrl).username);
  const applied = await migrate({ ownerUrl, runtimeUser });
  if (applied.length > 0) say(`Migrated the database (${applied.length} new)`);
  if (settings.isDemo)
    await seedDemo({
      ownerUrl,
      ledgerUrl: settings.ledgerUrl,
      ledgerClientSecret: settings.keys.LEDGER_CLIENT_SECRET,
    });

  await buildIfStale({
    distDir: settings.distDir,
    actionsKey: settings.keys.NEXT_SERVER_ACTIONS_ENCRYPTION_KEY,
    logFile: join(settings.dataDir, "logs", "build.log"),
    say,
    signal: ending.signal,
  });
  ending.signal.throwIfAborted();

  say("Starting the panel, the worker and what goes with them");
  const history = withHistory && settings.isDemo ? await dueParts(ownerUrl) : [];
  const children = childrenOf(settings, databases, say);
  // The worker reads the log on from where it was: nothing may be written before that afterwards.
  const isLater = ({ name }: ChildOptions) => history.length > 0 && name === "The worker";
  const run = (some: ChildOptions[]) => {
    const running = some.map(keepRunning);
    ending.add(async () => void (await Promise.all(running.map((child) => child.stop()))));
  };
  run(children.filter((child) => !isLater(child)));
  await untilAnswering(settings, databases, ending.signal);
  if (history.length > 0) {
    say("Writing the demo's past: two quarters of a support desk");
    await seedHistory(ownerUrl, history, ending.signal).catch((error: unknown) => {
      ending.signal.throwIfAborted();
      // The demo is worth more without a past than not at all.
      say(`That failed, so there is less of it: ${error instanceof Error ? error.message : error}`);
    });
    run(children.filter(isLater));
  }
  const { ledgerUrl, home } = databases;
  return { ownerUrl, runtimeUrl, hasLedger: ledgerUrl !== null, home, wasCutOff };
}
