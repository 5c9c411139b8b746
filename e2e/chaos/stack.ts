import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { freePort } from "#db/embedded/port.ts";
import { testActionsKey, testDistDir } from "#e2e/support/build.ts";
import { childrenOf } from "#lib/platform/boot/children.ts";
import type { Ending } from "#lib/platform/boot/ending.ts";
import { readSettings } from "#lib/platform/boot/settings.ts";
import { startStack } from "#lib/platform/boot/stack.ts";
import { loopbackOnly } from "./browser.ts";
import { type Receiver, startReceiver } from "./receiver.ts";

export type ChaosStack = {
  panel: URL;
  ledger: URL;
  /** As the owner of the panel's database: hires, ages, looks. */
  owner: pg.Pool;
  books: pg.Pool;
  logs: string;
  receiver: Receiver;
};

/**
 * A whole stack for this run only, as `npm start` starts it: its own folder and ports, and an embedded PostgreSQL that
 * waits for the disk, so that killing it is a crash.
 */
export async function startChaosStack(ending: Ending): Promise<ChaosStack> {
  const dataDir = await mkdtemp(join(tmpdir(), "alongside-chaos-"));
  ending.add(() => rm(dataDir, { recursive: true, force: true }));
  const settings = await readSettings({
    NODE_ENV: "production",
    DATA_DIR: dataDir,
    DIST_DIR: testDistDir,
    PORT: String(await freePort()),
    LEDGER_PORT: String(await freePort()),
    NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: testActionsKey,
  });
  const { kept } = settings;
  if (!kept) throw new Error("A stack of our own keeps its secrets");
  const { ownerUrl, runtimeUrl, home } = await startStack(settings, ending, () => {});
  if (home && home !== dataDir) ending.add(() => rm(home, { recursive: true, force: true }));
  const booksUrl = loopbackOnly(ownerUrl);
  booksUrl.username = "ledger";
  booksUrl.password = kept.secrets.databasePasswords.ledger;
  booksUrl.pathname = "/ledger";
  // What the panel runs with, so that we mint the cookie that it takes.
  const [asPanel] = childrenOf(
    settings,
    { runtimeUrl, ownerUrl, ledgerUrl: null, home: null },
    () => {},
  );
  Object.assign(process.env, asPanel?.env);
  const [owner, books] = [loopbackOnly(ownerUrl), booksUrl].map((url) => {
    const pool = new pg.Pool({ connectionString: url.href, max: 3, connectionTimeoutMillis: 5000 });
    pool.on("error", () => {});
    ending.add(() => pool.end());
    return pool;
  });
  if (!owner || !books) throw new Error("Two pools");
  return {
    panel: loopbackOnly(settings.alongsideUrl),
    ledger: loopbackOnly(settings.ledgerUrl),
    owner,
    books,
    logs: join(dataDir, "logs"),
    receiver: await startReceiver(owner, String(asPanel?.env?.NEXTAUTH_SECRET), ending),
  };
}
