import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { migrate } from "#db/migrate.ts";
import { seedDemo } from "#db/seed/demo.ts";
import { untilAnswering } from "./answering.ts";
import { buildIfStale } from "./build.ts";
import { keepRunning } from "./child.ts";
import { childrenOf } from "./children.ts";
import { claimDataDir, requireFreePort } from "./claims.ts";
import { openDatabases } from "./databases.ts";
import type { Ending } from "./ending.ts";
import type { Settings } from "./settings.ts";

export type Stack = {
  ownerUrl: string;
  runtimeUrl: string;
  /** Whether the demo product runs too. */
  hasLedger: boolean;
  home: string | null;
};

/** Everything of `npm start`, from nothing to answering; the browser tests start it too. */
export async function startStack(
  settings: Settings,
  ending: Ending,
  say: (line: string) => void,
): Promise<Stack> {
  await mkdir(join(settings.dataDir, "logs"), { recursive: true, mode: 0o700 });
  await claimDataDir(settings.dataDir);
  await requireFreePort(settings.port, "PORT");
  const mayRunLedger = settings.isDemo || settings.ledgerDatabaseUrl !== null;
  if (mayRunLedger) await requireFreePort(settings.ledgerPort, "LEDGER_PORT");

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
  const children = childrenOf(settings, databases, say).map(keepRunning);
  ending.add(async () => {
    await Promise.all(children.map((child) => child.stop()));
  });
  await untilAnswering(settings, databases, ending.signal);
  const { ledgerUrl, home } = databases;
  return { ownerUrl, runtimeUrl, hasLedger: ledgerUrl !== null, home };
}
