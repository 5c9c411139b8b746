import { createHash } from "node:crypto";
import { mkdir, readdir, readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import pg from "pg";
import { type Cluster, startCluster } from "#db/embedded/cluster.ts";
import { ensureDatabase, type Login, urlFor, withClient } from "#db/embedded/roles.ts";
import { migrate } from "#db/migrate.ts";
import type { Sizes } from "./directory.ts";
import { loadDirectory } from "./load.ts";

export type KeptDatabase = {
  owner: pg.Pool;
  ownerUrl: string;
  runtimeUrl: string;
  /** Into the same database. */
  superuserUrl: string;
  /** Seconds that filling it took; null where an earlier run had. */
  filledIn: number | null;
  /** Lets `run` write into a copy, by the address of the runtime role, and drops it. Cuts off whoever is connected. */
  inCopy(run: (runtimeUrl: string) => Promise<void>): Promise<void>;
  stop(): Promise<void>;
};
export type DirectoryDatabase = KeptDatabase & { productId: string };

/** What a kept database holds: another name or `made` is another database, filled anew. */
type Contents = {
  name: string;
  made: unknown;
  fill(urls: { ownerUrl: string; superuserUrl: string }): Promise<void>;
};

/** Nothing here is secret: the server listens on loopback and holds made-up people. */
const password = "made-up-people";
const roles = { owner: "bench_owner", runtime: "bench_runtime" };
const productId = "01930000-0000-7000-8000-000000000001";

/** A directory of this size. */
export async function directoryDatabase(
  sizes: Sizes,
  say: (line: string) => void,
): Promise<DirectoryDatabase> {
  const fill: Contents["fill"] = async ({ ownerUrl }) => {
    await withClient(ownerUrl, (owner) =>
      owner.query(
        `insert into products (id, client_id, name, environment, origin, redirect_uris, initiate_login_uri)
         values ($1, 'ledger', 'Ledger', 'demo', 'http://127.0.0.1:3001', array['http://127.0.0.1:3001/callback'], 'http://127.0.0.1:3001/login')`,
        [productId],
      ),
    );
    await loadDirectory(ownerUrl, productId, sizes);
  };
  const kept = await keptDatabase({ name: `directory_${sizes.users}`, made: sizes, fill }, say);
  return { ...kept, productId };
}

/**
 * A database on an embedded PostgreSQL of the bench's own, durable as in production. It stays in
 * DATA_DIR/bench (.data/bench), so that only the first run fills it, and is filled anew when the migrations or what
 * makes the people have changed.
 */
export async function keptDatabase(
  contents: Contents,
  say: (line: string) => void,
): Promise<KeptDatabase> {
  const dataDir = resolve(process.env.DATA_DIR ?? ".data", "bench");
  await mkdir(dataDir, { recursive: true, mode: 0o711 });
  const cluster = await startCluster({ dataDir, superuserPassword: password, durable: true, say });
  try {
    return await opened(cluster, contents, say);
  } catch (error) {
    await cluster.stop();
    throw error;
  }
}

async function opened(
  cluster: Cluster,
  { name, made, fill }: Contents,
  say: (line: string) => void,
): Promise<KeptDatabase> {
  const login = (role: string): Login => ({ name: role, password });
  const ownerUrl = urlFor(cluster.superuserUrl, name, login(roles.owner));
  const runtimeUrl = urlFor(cluster.superuserUrl, name, login(roles.runtime));
  const superuserUrl = urlFor(cluster.superuserUrl, name);
  const state = await stateOf(made);
  const filledIn = await withClient(cluster.superuserUrl, async (client) => {
    const { rows } = await client.query<{ state: string | null }>(
      "select shobj_description(oid, 'pg_database') as state from pg_database where datname = $1",
      [name],
    );
    if (rows[0]?.state === state) return null;
    say(`Filling ${name}: kept for the next run`);
    await client.query(`drop database if exists ${name} with (force)`);
    await ensureDatabase(client, {
      name,
      owner: login(roles.owner),
      users: [login(roles.runtime)],
    });
    await migrate({ ownerUrl, runtimeUser: roles.runtime });
    const from = performance.now();
    await fill({ ownerUrl, superuserUrl });
    // Only now: what was interrupted is filled anew.
    await client.query(`comment on database ${name} is '${state}'`);
    return (performance.now() - from) / 1000;
  });
  const owner = new pg.Pool({ connectionString: ownerUrl, max: 3 });
  owner.on("error", () => {});
  const stop = async () => {
    await owner.end();
    await cluster.stop();
  };
  const inCopy = async (run: (runtimeUrl: string) => Promise<void>) => {
    const copy = `${name}_copy`;
    await withClient(cluster.superuserUrl, async (client) => {
      await client.query(`drop database if exists ${copy} with (force)`);
      await client.query(
        "select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = $1",
        [name],
      );
      await client.query(`create database ${copy} template ${name} strategy file_copy`);
      try {
        await run(urlFor(cluster.superuserUrl, copy, login(roles.runtime)));
      } finally {
        await client.query(`drop database ${copy} with (force)`);
      }
    });
  };
  return { owner, ownerUrl, runtimeUrl, superuserUrl, filledIn, inCopy, stop };
}

/** What the contents depend on. */
async function stateOf(made: unknown): Promise<string> {
  const hash = createHash("sha256").update(JSON.stringify(made));
  const migrations = join(import.meta.dirname, "../../db/migrations");
  for (const folder of [migrations, import.meta.dirname])
    for (const file of (await readdir(folder)).sort())
      if (/\.(sql|ts)$/.test(file)) hash.update(await readFile(join(folder, file)));
  return hash.digest("hex").slice(0, 24);
}
