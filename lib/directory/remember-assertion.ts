import { sql } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { clientAssertions } from "#db/schema/directory.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { hashSecret } from "#lib/kernel/ids.ts";

/**
 * Takes a client assertion for the first time; false when it was presented before (RFC 7523 §3, `jti`). Any panel on
 * this database knows it until `goodUntil`.
 */
export async function rememberAssertion(
  db: Database,
  productId: string,
  jti: string,
  goodUntil: Date,
): Promise<boolean> {
  const { rowCount } = await db
    .insert(clientAssertions)
    .values({ productId, jtiHash: hashSecret(jti), goodUntil })
    .onConflictDoNothing();
  return rowCount === 1;
}

/** Forgets assertions that have been no good for an hour, whatever clocks say; the worker's part. Gives how many. */
export async function forgetAssertions({ db }: Ctx, limit = 5000): Promise<number> {
  const due = db
    .select({ place: sql`ctid` })
    .from(clientAssertions)
    .where(sql`${clientAssertions.goodUntil} < clock_timestamp() - interval '1 hour'`)
    .limit(limit);
  const { rowCount } = await db.delete(clientAssertions).where(sql`ctid = any(array(${due}))`);
  return rowCount ?? 0;
}
