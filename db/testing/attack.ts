import { z } from "zod";
import { inTransaction, type Scene } from "./scene.ts";
import type { Sql } from "./sql.ts";

const databaseError = z.object({ code: z.string(), constraint: z.string().optional() });

/** The name of the guarantee that refused, or PostgreSQL's code where none has a name (42501: not permitted). */
export function refusal(error: unknown): string {
  const { code, constraint } = databaseError.parse(error);
  return constraint ?? code;
}

/**
 * Tries something forbidden in one transaction of the runtime role and gives what refused it. Fails when it went
 * through, and when anything at all is different afterwards.
 */
export async function attack(
  { owner, runtime }: Pick<Scene, "owner" | "runtime">,
  run: (sql: Sql) => Promise<unknown>,
): Promise<string> {
  const before = await everything(owner);
  const outcome = await inTransaction(runtime, run).then(() => "went through", refusal);
  const after = await everything(owner);
  if (before !== after) throw new Error(`The attack changed the database (${outcome})`);
  return outcome;
}

/**
 * One line that is another as soon as any row, function, trigger or privilege is another: where each version of a row lies, and
 * which transaction wrote it, which costs half of reading them.
 */
async function everything(owner: Sql): Promise<string> {
  const { rows: tables } = await owner.query(
    "select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1",
  );
  const parts = tables.map(({ relname }) => `select string_agg(${version}, ' ') from ${relname}`);
  const { rows } = await owner.query(
    `select md5(string_agg(coalesce(one, ''), ';' order by one)) as all_of_it from (${parts.join(" union all ")}
       union all select string_agg(${version}, ' ') from pg_trigger
       union all select string_agg(${version}, ' ') from pg_proc
         where pronamespace = 'public'::regnamespace
       union all select string_agg(relname || coalesce(relacl::text, ''), ',' order by oid)
         from pg_class where relnamespace = 'public'::regnamespace) as parts (one)`,
  );
  return String(rows[0]?.all_of_it);
}

const version = "ctid::text || xmin::text";
