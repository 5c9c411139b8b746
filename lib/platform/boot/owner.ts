import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { startCluster } from "#db/embedded/cluster.ts";
import { withClient } from "#db/embedded/roles.ts";
import { Failure } from "#db/failure.ts";
import { migrate } from "#db/migrate.ts";
import { tryClaimDataDir } from "./claims.ts";
import { ensureOurs, requireConnection } from "./databases.ts";
import { makeSecrets, readSecrets, type Secrets } from "./secrets.ts";

type Say = (line: string) => void;
type Urls = { ownerUrl: string; runtimeUrl: string };

/**
 * Runs what only the owner of the database may do: with DATABASE_OWNER_URL, or with the embedded PostgreSQL of
 * DATA_DIR, be it running under `npm start` or started for this and ended after it. The tables are there by then.
 */
export async function withOwner<T>(
  variables: NodeJS.ProcessEnv,
  say: Say,
  run: (ownerUrl: string) => Promise<T>,
): Promise<T> {
  const { DATABASE_OWNER_URL: ownerUrl, DATABASE_URL: runtimeUrl } = variables;
  if (ownerUrl) {
    await requireConnection("DATABASE_OWNER_URL", ownerUrl);
    if (runtimeUrl) await prepare({ ownerUrl, runtimeUrl });
    else await requireTables(ownerUrl);
    return run(ownerUrl);
  }
  if (runtimeUrl)
    throw new Failure("Only the owner may do this: set DATABASE_OWNER_URL too. Nothing was done.");
  const dataDir = resolve(variables.DATA_DIR || ".data");
  return (await tryClaimDataDir(dataDir))
    ? withOwnCluster(dataDir, say, run)
    : withRunning(dataDir, run);
}

const prepare = ({ ownerUrl, runtimeUrl }: Urls) =>
  migrate({ ownerUrl, runtimeUser: decodeURIComponent(new URL(runtimeUrl).username) });

async function requireTables(ownerUrl: string): Promise<void> {
  const { rows } = await withClient(ownerUrl, (client) =>
    client.query("select to_regclass('public.staff') is not null as there"),
  );
  if (!rows[0]?.there)
    throw new Failure(
      "This database holds no tables yet: set DATABASE_URL too, or start Alongside once.",
    );
}

/** Under `npm start`: its port is kept beside its secrets. */
async function withRunning<T>(dataDir: string, run: (ownerUrl: string) => Promise<T>): Promise<T> {
  const port = (await readFile(join(dataDir, "postgres-port"), "utf8").catch(() => "")).trim();
  const secrets = await readSecrets(dataDir);
  if (!port || !secrets) throw new Failure(`Alongside is only starting in ${dataDir}: try again.`);
  const ownerUrl = `postgres://alongside_owner:${secrets.databasePasswords.owner}@127.0.0.1:${port}/alongside`;
  await requireConnection("the data folder", ownerUrl);
  await requireTables(ownerUrl);
  return run(ownerUrl);
}

async function withOwnCluster<T>(
  dataDir: string,
  say: Say,
  run: (ownerUrl: string) => Promise<T>,
): Promise<T> {
  const { secrets, isNew } = await secretsOf(dataDir);
  say("Starting PostgreSQL");
  const superuserPassword = secrets.databasePasswords.superuser;
  const options = { dataDir, superuserPassword, durable: true, say, setAside: isNew };
  const cluster = await startCluster(options);
  try {
    const urls = await ensureOurs(cluster.superuserUrl, secrets);
    await prepare(urls);
    return await run(urls.ownerUrl);
  } finally {
    await cluster.stop();
  }
}

/** Who gives orders before the first start means a company, not the demo: that one has its people already. */
async function secretsOf(dataDir: string): Promise<{ secrets: Secrets; isNew: boolean }> {
  const kept = await readSecrets(dataDir);
  return kept ? { secrets: kept, isNew: false } : makeSecrets(dataDir, "company");
}
