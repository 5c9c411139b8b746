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

/** One line that is another as soon as any row, function, trigger or privilege is another. */
async function everything(owner: Sql): Promise<string> {
  const { rows: tables } = await owner.query(
    "select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1",
  );
  const parts = tables.map(
    ({ relname }) =>
      `select md5(coalesce(string_agg(t::text, ',' order by t::text), '')) from ${relname} t`,
  );
  const { rows } = await owner.query(
    `select md5(string_agg(md5, '' order by md5)) from (${parts.join(" union all ")}
       union all select md5(string_agg(t::text, ',' order by oid)) from pg_trigger t
       union all select md5(string_agg(p::text, ',' order by oid)) from pg_proc p
         where pronamespace = 'public'::regnamespace
       union all select md5(string_agg(relname || coalesce(relacl::text, ''), ',' order by oid))
         from pg_class where relnamespace = 'public'::regnamespace) as all_of_it`,
  );
  return String(rows[0]?.md5);
}
