import { sql } from "drizzle-orm";
import type { Reader } from "#db/client.ts";

/** What must not run as whom it runs: waiting does not help. */
export class RunsAsOwner extends Error {
  override name = "RunsAsOwner";
}

/** @throws RunsAsOwner when this process could change what it must only add to: the owner, a superuser, or who may become them. */
export async function refuseToRunAsOwner(db: Reader): Promise<void> {
  const { rows } = await db.execute<{ role: string; owns: boolean }>(sql`
    select current_user as role, exists (
      select from pg_tables where schemaname = 'public' and pg_has_role(current_user, tableowner, 'member')
    ) as owns`);
  if (rows[0]?.owns)
    throw new RunsAsOwner(
      `The role ${rows[0].role} of DATABASE_URL owns tables or may become their owner: the panel must not run as the owner.`,
    );
}
