import { sql } from "drizzle-orm";
import type { Ctx } from "#lib/kernel/context.ts";

/** How many accounts accepted which version of the terms, most first; null: none said. Closed ones are left out. */
export async function readTermsAccepted({
  db,
}: Ctx): Promise<{ version: string | null; accounts: number }[]> {
  const { rows } = await db.execute<{ version: string | null; accounts: number }>(sql`
    select terms_version as version, count(*)::integer as accounts from accounts
    where stance <> 'closed' group by 1 order by 2 desc, 1 limit 100`);
  return rows;
}
