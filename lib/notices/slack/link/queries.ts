import { and, desc, eq, isNull, sql } from "drizzle-orm";
import type { Reader } from "#db/client.ts";
import { slackCodes, slackIdentities } from "#db/schema/slack.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";

export type SlackLink = { userId: string; teamId: string; linkedAt: Date };

/** The account in Slack that somebody is linked to; null: none. */
export async function readSlackLink(db: Reader, staffId: string): Promise<SlackLink | null> {
  const [row] = await db
    .select({
      userId: slackIdentities.userId,
      teamId: slackIdentities.teamId,
      linkedAt: slackIdentities.linkedAt,
    })
    .from(slackIdentities)
    .where(and(eq(slackIdentities.staffId, staffId), isNull(slackIdentities.endedAt)));
  return row ?? null;
}

export type AskedLink = { userId: string; number: number; goodUntil: Date };

/** The link that this very sign-in asked for and that waits for a press; null: none. */
export async function readAskedLink({ db, actor }: Ctx<StaffActor>): Promise<AskedLink | null> {
  const [row] = await db
    .select({
      userId: slackCodes.userId,
      codeHash: slackCodes.codeHash,
      goodUntil: slackCodes.goodUntil,
    })
    .from(slackCodes)
    .where(
      and(
        eq(slackCodes.staffId, actor.id),
        eq(slackCodes.signInId, actor.signInId),
        isNull(slackCodes.usedAt),
        sql`${slackCodes.goodUntil} > clock_timestamp()`,
      ),
    )
    .orderBy(desc(slackCodes.madeAt))
    .limit(1);
  return row
    ? { userId: row.userId, number: numberOf(row.codeHash), goodUntil: row.goodUntil }
    : null;
}

/** Three digits that page and message show, so that who presses knows of which page it is. No secret. */
export const numberOf = (codeHash: Buffer): number => 100 + (codeHash.readUInt16BE(0) % 900);
