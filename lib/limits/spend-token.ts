import { sql } from "drizzle-orm";
import type { Reader } from "#db/client.ts";
import { spentTokens } from "#db/schema/limits.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { hashSecret } from "#lib/kernel/ids.ts";

/** A verified token that counts once: a client's assertion (RFC 7523 §3), a logout token of the company's issuer. */
export type SpentToken = {
  issuer: string;
  jti: string;
  goodUntil: Date;
  /** Of a logout token: what it ended. */
  ended?: { sid: string | null; subject: string | null; issuedAt: Date };
};

/**
 * Takes a token for the first time; false when it was presented before, to any panel on this database. To be called
 * with what its issuer signed only, so that nobody else uses up what it is going to send.
 */
export async function spendToken(
  db: Reader,
  { issuer, jti, goodUntil, ended }: SpentToken,
): Promise<boolean> {
  const { rowCount } = await db
    .insert(spentTokens)
    .values({ issuer, jtiHash: hashSecret(jti), goodUntil, ...ended })
    .onConflictDoNothing();
  return rowCount === 1;
}

/** Forgets tokens that have been no good for an hour, whatever clocks say; the worker's part. Gives how many. */
export async function forgetSpent({ db }: Ctx, limit = 5000): Promise<number> {
  const due = db
    .select({ place: sql`ctid` })
    .from(spentTokens)
    .where(sql`${spentTokens.goodUntil} < clock_timestamp() - interval '1 hour'`)
    .limit(limit);
  const { rowCount } = await db.delete(spentTokens).where(sql`ctid = any(array(${due}))`);
  return rowCount ?? 0;
}
