import { setTimeout as delay } from "node:timers/promises";
import { type Cluster, startCluster } from "#db/embedded/cluster.ts";
import { ensureDatabase, ensureRole, type Login, urlFor, withClient } from "#db/embedded/roles.ts";
import { Failure } from "#db/failure.ts";
import type { Ending } from "./ending.ts";
import { seconds } from "./seconds.ts";
import type { Secrets } from "./secrets.ts";
import type { Settings } from "./settings.ts";

export type Databases = {
  runtimeUrl: string;
  ownerUrl: string;
  /** Null: no demo product. */
  ledgerUrl: string | null;
  /** Where the embedded PostgreSQL keeps its data; null for a server that is not ours. */
  home: string | null;
};

type Say = (line: string) => void;

/** The databases to work with: those that were named, or our own, started now and made where they are missing. */
export async function openDatabases(
  settings: Settings,
  ending: Ending,
  say: Say,
): Promise<Databases> {
  const { database, kept, ledgerDatabaseUrl, isDemo } = settings;
  if (database) {
    await requireConnection("DATABASE_URL", database.runtimeUrl);
    await requireConnection("DATABASE_OWNER_URL", database.ownerUrl);
    const made =
      isDemo && kept && !ledgerDatabaseUrl
        ? await makeLedger(database.ownerUrl, kept.secrets)
        : null;
    return { ...database, ledgerUrl: ledgerDatabaseUrl ?? made, home: null };
  }
  if (!kept) throw new Error("An embedded database without its passwords");
  say("Starting PostgreSQL");
  const cluster = await keepCluster(settings.dataDir, kept, ending, say);
  const ours = await ensureOurs(cluster.superuserUrl, kept.secrets);
  const ledgerUrl =
    ledgerDatabaseUrl ?? (isDemo ? await ensureLedger(cluster, kept.secrets) : null);
  return { ...ours, ledgerUrl, home: cluster.home };
}

/** The panel's database in an embedded PostgreSQL, made where it is missing, and its two roles. */
export async function ensureOurs(superuserUrl: string, secrets: Secrets) {
  const { owner, runtime } = loginsOf(secrets);
  await withClient(superuserUrl, (client) =>
    ensureDatabase(client, { name: "alongside", owner, users: [runtime] }),
  );
  return {
    runtimeUrl: urlFor(superuserUrl, "alongside", runtime),
    ownerUrl: urlFor(superuserUrl, "alongside", owner),
  };
}

async function ensureLedger({ superuserUrl }: Cluster, secrets: Secrets): Promise<string> {
  const { ledger } = loginsOf(secrets);
  await withClient(superuserUrl, (client) =>
    ensureDatabase(client, { name: "ledger", owner: ledger, users: [] }),
  );
  return urlFor(superuserUrl, "ledger", ledger);
}

const loginsOf = ({
  databasePasswords: passwords,
}: Secrets): Record<"owner" | "runtime" | "ledger", Login> => ({
  owner: { name: "alongside_owner", password: passwords.owner },
  runtime: { name: "alongside_runtime", password: passwords.runtime },
  ledger: { name: "ledger", password: passwords.ledger },
});

/** Starts it again when it ends without being asked; pools reconnect by themselves. */
async function keepCluster(
  dataDir: string,
  kept: { secrets: Secrets; isNew: boolean },
  ending: Ending,
  say: Say,
): Promise<Cluster> {
  const superuserPassword = kept.secrets.databasePasswords.superuser;
  const options = { dataDir, superuserPassword, durable: true, say };
  const first = await startCluster({ ...options, setAside: kept.isNew });
  let current = first;
  ending.add(() => current.stop());
  const watch = (cluster: Cluster): void => {
    void cluster.ended.then(async () => {
      const since = Date.now();
      for (let wait = 500; !ending.signal.aborted; wait = Math.min(wait * 2, 15_000)) {
        await delay(wait);
        if (ending.signal.aborted) return;
        try {
          current = await startCluster({ ...options, port: first.port });
          say(`PostgreSQL ended and is back after ${seconds(Date.now() - since)}`);
          return watch(current);
        } catch (error) {
          say(error instanceof Error ? error.message : String(error));
        }
      }
    });
  };
  watch(first);
  return first;
}

export async function requireConnection(variable: string, url: string): Promise<void> {
  try {
    await withClient(url, async () => {});
  } catch (error) {
    // Host unreachable, wrong password, no such database: PostgreSQL's own words say it best.
    const why = error instanceof Error ? error.message : error;
    throw new Failure(`No connection by ${variable}: ${why}.`);
  }
}

/** On a server that is not ours: only if the owner may make roles and databases. */
async function makeLedger(ownerUrl: string, secrets: Secrets): Promise<string> {
  const { ledger } = loginsOf(secrets);
  try {
    await withClient(ownerUrl, async (client) => {
      const { rows } = await client.query(
        "select rolsuper or (rolcreatedb and rolcreaterole) as may from pg_roles where rolname = current_user",
      );
      if (!rows[0]?.may) throw new Failure("it may not make roles and databases");
      await ensureRole(client, ledger);
      // Only a member may make a database that a role owns.
      await client.query(`grant ${ledger.name} to current_user`);
      await ensureDatabase(client, { name: "ledger", owner: ledger, users: [] });
    });
  } catch (error) {
    throw new Failure(
      `The demo product needs a database of its own and the owner cannot make one (${error instanceof Error ? error.message : error}): set LEDGER_DATABASE_URL.`,
    );
  }
  return urlFor(ownerUrl, "ledger", ledger);
}
