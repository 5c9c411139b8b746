import { randomBytes } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import { connect } from "#db/client.ts";
import { urlFor, withClient } from "#db/embedded/roles.ts";
import { seedDemo } from "#db/seed/demo.ts";
import { copyOfTemplate } from "#db/testing/database.ts";
import { startTestServer, type TestServer } from "#db/testing/server.ts";
import type { Ending } from "#lib/platform/boot/ending.ts";
import type { BenchCtx, BenchDatabase } from "./bench.ts";
import { writePlansInside } from "./inside.ts";
import { startPanel } from "./stack.ts";

type Options = {
  size: BenchCtx["size"];
  /** Where logs and data go while it runs. */
  folder: string;
  ending: Ending;
  /** A server that is there already. */
  server?: TestServer;
};

export const ledgerClientSecret = "bench-client-secret-of-the-demo-product";

export function benchContext({ size, folder, ending, server: given }: Options): BenchCtx {
  const say = (line: string) => console.error(`· ${line}`);
  const server = once(async () => {
    if (given) return given;
    say("Starting PostgreSQL");
    const started = await startTestServer({ durable: true });
    ending.add(started.stop);
    return started.server;
  });
  const another = async () => {
    const made = await newDatabase(await server());
    ending.add(async () => {
      await Promise.all([made.runtime.end(), made.owner.end()]);
    });
    await seedDemo({
      ownerUrl: made.ownerUrl,
      ledgerUrl: "http://127.0.0.1:3001",
      ledgerClientSecret,
    });
    return made;
  };
  const database = once(another);
  const ledgerDatabase = async () => newLedgerDatabase(await server());
  const panel = once(async () =>
    startPanel({
      database: await database(),
      ledgerDatabaseUrl: await ledgerDatabase(),
      folder,
      ending,
      say,
    }),
  );
  // What a smoke test measures is no plan to keep.
  const plans = size === "full" ? join(import.meta.dirname, "explain") : folder;
  const explain: BenchCtx["explain"] = (...query) => writePlan(plans, ...query);
  const explainInside: BenchCtx["explainInside"] = (name, ...run) =>
    writePlansInside(join(plans, `${name}.txt`), ...run);
  return {
    ...{ size, server, database, another, ledgerDatabase },
    ...{ panel, explain, explainInside, say },
  };
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/** A copy of the migrated template. Eight connections more than the largest bench has clients. */
async function newDatabase(server: TestServer): Promise<BenchDatabase> {
  const { runtimeUrl, ownerUrl } = await copyOfTemplate(server);
  const { db, pool: runtime } = connect(runtimeUrl, 40);
  const owner = new pg.Pool({ connectionString: ownerUrl, max: 5 });
  owner.on("error", () => {});
  return { runtimeUrl, ownerUrl, runtime, db, owner };
}

async function newLedgerDatabase(server: TestServer): Promise<string> {
  const name = `${server.template}_${randomBytes(5).toString("hex")}`;
  await withClient(server.adminUrl, (client) =>
    client.query(`create database ${name} owner "${server.owner.name}" template template0`),
  );
  return urlFor(server.adminUrl, name, server.owner);
}

async function writePlan(
  folder: string,
  name: string,
  sql: pg.Pool,
  query: string,
  values: unknown[] = [],
): Promise<void> {
  const client = await sql.connect();
  try {
    // What a query changes is not to stay.
    await client.query("begin");
    const { rows } = await client.query<{ "QUERY PLAN": string }>(
      `explain (analyze, buffers) ${query}`,
      values,
    );
    await client.query("rollback");
    const plan = rows.map((row) => row["QUERY PLAN"]).join("\n");
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, `${name}.txt`), `${query.trim()}\n\n${plan}\n`);
  } finally {
    client.release();
  }
}
