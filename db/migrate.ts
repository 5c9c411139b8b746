import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import { z } from "zod";
import { Failure } from "./failure.ts";
import { ensureQueues } from "./queues.ts";

export type Migration = { ownerUrl: string; runtimeUser: string; folder?: string };

const ownFolder = join(import.meta.dirname, "migrations");
// Any number, the same in every process: one migrates, the others wait.
const LOCK = 7_241_163;

/**
 * Applies what is new in `db/migrations`, as the owner, each file in a transaction of its own. `:runtime:` in a file
 * stands for the role that the panel runs as. Gives the names of the files that were applied.
 * @throws when the two roles are one, or a file was changed after it was applied.
 */
export async function migrate({ ownerUrl, runtimeUser, folder }: Migration): Promise<string[]> {
  const client = new pg.Client({
    connectionString: ownerUrl,
    application_name: "alongside migrate",
  });
  client.on("error", () => {});
  await client.connect();
  try {
    await refuseOneRole(client, runtimeUser);
    await client.query("select pg_advisory_lock($1)", [LOCK]);
    await client.query(
      `create table if not exists alongside_migrations
         (name text primary key, hash text not null, applied_at timestamptz not null default now())`,
    );
    const applied = await readApplied(client);
    const added: string[] = [];
    for (const { name, text } of await readMigrations(folder ?? ownFolder)) {
      const hash = createHash("sha256").update(text).digest("hex");
      const before = applied.get(name);
      if (before === undefined) {
        await apply(
          client,
          name,
          text.replaceAll(":runtime:", pg.escapeIdentifier(runtimeUser)),
          hash,
        );
        added.push(name);
      } else if (before !== hash) {
        throw new Failure(
          `${name} was changed after it was applied to this database: undo the change, or start with an empty database.`,
        );
      }
    }
    await refuseWithoutTrigrams(client);
    await ensureQueues(client, runtimeUser);
    return added;
  } finally {
    await client.end();
  }
}

/** The promises of DESIGN §3 rest on the panel not being the owner, nor able to become it. */
async function refuseOneRole(client: pg.Client, runtimeUser: string): Promise<void> {
  const { rows } = await client.query<{ rolsuper: boolean; climbs: boolean; owner: string }>(
    `select rolsuper, pg_has_role(rolname, current_user, 'member') as climbs, current_user as owner
     from pg_roles where rolname = $1`,
    [runtimeUser],
  );
  const role = rows[0];
  if (!role) throw new Failure(`The role ${runtimeUser} of DATABASE_URL does not exist.`);
  if (role.owner === runtimeUser)
    throw new Failure(
      `DATABASE_URL and DATABASE_OWNER_URL name the same role, ${runtimeUser}: the panel must not run as the owner.`,
    );
  if (role.rolsuper || role.climbs)
    throw new Failure(
      `The role ${runtimeUser} of DATABASE_URL is a superuser or may become the owner.`,
    );
}

async function readApplied(client: pg.Client): Promise<Map<string, string>> {
  const { rows } = await client.query("select name, hash from alongside_migrations");
  const parsed = z.array(z.object({ name: z.string(), hash: z.string() })).parse(rows);
  return new Map(parsed.map(({ name, hash }) => [name, hash]));
}

async function readMigrations(folder: string): Promise<{ name: string; text: string }[]> {
  const names = (await readdir(folder)).filter((name) => /^\d{4}_.*\.sql$/.test(name)).sort();
  return Promise.all(
    names.map(async (name) => ({ name, text: await readFile(join(folder, name), "utf8") })),
  );
}

async function apply(client: pg.Client, name: string, text: string, hash: string): Promise<void> {
  await client.query("begin");
  try {
    // The generator's marks between statements are comments to PostgreSQL.
    await client.query(text);
    await client.query("insert into alongside_migrations (name, hash) values ($1, $2)", [
      name,
      hash,
    ]);
    await client.query("commit");
  } catch (error) {
    await client.query("rollback");
    throw new Failure(
      `${name}${lineOf(error, text)}: ${error instanceof Error ? error.message : error}`,
      {
        cause: error,
      },
    );
  }
}

function lineOf(error: unknown, text: string): string {
  const { data } = z.object({ position: z.coerce.number() }).safeParse(error);
  return data ? `, line ${text.slice(0, data.position).split("\n").length}` : "";
}

/** Search is by trigrams: a locale that knows no letters but the Latin ones finds nobody else. */
async function refuseWithoutTrigrams(client: pg.Client): Promise<void> {
  const { rows: installed } = await client.query(
    "select 1 from pg_extension where extname = 'pg_trgm'",
  );
  if (installed.length === 0) return;
  const { rows } = await client.query("select cardinality(show_trgm('Ю')) as found");
  if (Number(rows[0]?.found) === 0)
    throw new Failure(
      "This database takes letters outside ASCII for punctuation, so search would find no Cyrillic name: create it with a UTF-8 LC_CTYPE such as C.UTF-8.",
    );
}

if (import.meta.main) {
  const { DATABASE_URL, DATABASE_OWNER_URL } = z
    .object({ DATABASE_URL: z.url(), DATABASE_OWNER_URL: z.url() })
    .parse(process.env);
  const runtimeUser = decodeURIComponent(new URL(DATABASE_URL).username);
  const added = await migrate({ ownerUrl: DATABASE_OWNER_URL, runtimeUser });
  console.log(added.length > 0 ? `Applied ${added.join(", ")}` : "Nothing to migrate");
}
