import { lt, sql } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { spentTokens } from "#db/schema/sign-in.ts";

/** Forgets tokens that count once and would be refused as too old by now; the worker's part. No entry: no one's deed. */
export async function forgetSpent(db: Database): Promise<void> {
  await db.delete(spentTokens).where(lt(spentTokens.expiresAt, sql`clock_timestamp()`));
}
