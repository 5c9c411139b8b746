import { randomBytes } from "node:crypto";
import pg from "pg";
import { noCompiler } from "#db/client.ts";
import { urlFor, withClient } from "#db/embedded/roles.ts";
import { type TestServer, testServerSchema } from "./server.ts";

export type TestDatabase = {
  /** As the panel connects. */
  runtime: pg.Pool;
  /** As migrations run; for what a test prepares or looks at. */
  owner: pg.Pool;
  runtimeUrl: string;
  ownerUrl: string;
  drop(): Promise<void>;
};

/** To start processes that help costs more than any look at a test's few rows. */
const byItself = `${noCompiler} -c max_parallel_workers_per_gather=0`;

/** A migrated database of the caller's own, a copy of the run's template. Pools connect when first used. */
export async function testDatabase(): Promise<TestDatabase> {
  const server = testServerSchema.parse(JSON.parse(process.env.TEST_SERVER ?? "null"));
  const { name, runtimeUrl, ownerUrl } = await copyOfTemplate(server);
  const runtime = new pg.Pool({ connectionString: runtimeUrl, max: 10, options: noCompiler });
  const owner = new pg.Pool({ connectionString: ownerUrl, max: 5, options: byItself });
  // The database is dropped while a server process may still be saying goodbye.
  for (const pool of [runtime, owner]) pool.on("error", () => {});
  const drop = async () => {
    if (!runtime.ended) await runtime.end();
    if (!owner.ended) await owner.end();
    await withClient(server.adminUrl, (client) =>
      client.query(`drop database ${name} with (force)`),
    );
  };
  return { runtime, owner, runtimeUrl, ownerUrl, drop };
}

/**
 * A copy of the migrated template, with the addresses of its two roles. As files: half of what it costs to write every page of it
 * into the log of a server that waits for no disk.
 */
export async function copyOfTemplate(server: TestServer) {
  const name = `${server.template}_${randomBytes(5).toString("hex")}`;
  await withClient(server.adminUrl, (client) =>
    client.query(
      `create database ${name} template ${server.template} strategy file_copy owner "${server.owner.name}"`,
    ),
  );
  const runtimeUrl = urlFor(server.adminUrl, name, server.runtime);
  const ownerUrl = urlFor(server.adminUrl, name, server.owner);
  return { name, runtimeUrl, ownerUrl };
}
