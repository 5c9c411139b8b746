import { and, asc, eq, isNull, ne, sql } from "drizzle-orm";
import { clock, type Reader } from "#db/client.ts";
import { campaigns, reviewDecisions, reviewExceptions, reviewItems } from "#db/schema/reviews.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Refusal } from "#lib/kernel/result.ts";
import { may } from "#lib/staff/rights.ts";
import type { Role } from "#lib/vocabulary.ts";
import { isHeld } from "./held.ts";
import { lastDayBefore } from "./reminder-rules.ts";
import { dayWords } from "./rules.ts";

/** An item that is in the way of a closing. */
export type Unsettled = {
  id: string;
  number: number;
  staffId: string;
  name: string;
  role: Role;
  /** Taking it might leave nobody who changes settings: it is excepted, whatever the policy says. */
  needsAdmin: boolean;
};

const unsettledColumns = {
  id: reviewItems.id,
  number: reviewItems.number,
  staffId: reviewItems.staffId,
  name: reviewItems.name,
  role: reviewItems.role,
  needsAdmin: sql<boolean>`review_needs_admin(${reviewItems})`,
};

/** What nobody decided yet, and nobody excepted; what was taken meanwhile needs no decision. */
export const readUndecided = (db: Reader, campaignId: string): Promise<Unsettled[]> =>
  db
    .select(unsettledColumns)
    .from(reviewItems)
    .leftJoin(reviewExceptions, eq(reviewExceptions.itemId, reviewItems.id))
    .where(
      and(
        eq(reviewItems.campaignId, campaignId),
        isNull(reviewItems.decision),
        isNull(reviewItems.endedAt),
        isNull(reviewExceptions.id),
        isHeld,
      ),
    )
    .orderBy(asc(reviewItems.number));

/** What was decided, and what follows from it is neither proved nor excepted. */
const readUnproved = (db: Reader, campaignId: string): Promise<Unsettled[]> =>
  db
    .select(unsettledColumns)
    .from(reviewItems)
    .leftJoin(reviewExceptions, eq(reviewExceptions.itemId, reviewItems.id))
    .where(
      and(
        eq(reviewItems.campaignId, campaignId),
        sql`${reviewItems.decision} in ('change', 'revoke')`,
        isNull(reviewItems.remediatedAt),
        sql`${reviewExceptions.kind} is distinct from 'unproved'`,
      ),
    )
    .orderBy(asc(reviewItems.number))
    .limit(100);

/** What keeps this person from closing this review whatever they type, or null; also for the page. */
export async function refusalBefore(
  { db, actor }: { db: Reader; actor: StaffActor },
  campaignId: string,
): Promise<Refusal | null> {
  if (!may(actor, "run_reviews"))
    return { code: "not_allowed", message: "Only compliance closes a review." };
  const [campaign] = await db
    .select({ status: campaigns.status, dueAt: campaigns.dueAt, zone: campaigns.zone })
    .from(campaigns)
    .where(eq(campaigns.id, campaignId));
  if (!campaign) return { code: "not_found", message: "There is no such review." };
  if (campaign.status === "closed")
    return { code: "ended", message: "The review is closed: it stays as it is." };
  const own = await ownPart(db, actor, campaignId);
  if (own) return own;
  const unproved = await readUnproved(db, campaignId);
  const first = unproved[0];
  if (first)
    return {
      code: "conflict",
      message: `What was decided on ${first.name}, ${first.role}, is not carried out and proved yet${unproved.length > 1 ? `, nor on ${unproved.length - 1} more` : ""}.`,
    };
  const undecided = await readUndecided(db, campaignId);
  if (undecided.length === 0) return null;
  if ((await clock(db)) < campaign.dueAt)
    return {
      code: "conflict",
      message: `${undecided.length === 1 ? "One item is" : `${undecided.length} items are`} undecided. Until ${dayWords(lastDayBefore(campaign.dueAt, campaign.zone))} their reviewers decide; only after it does the policy settle what is left.`,
    };
  const mine = undecided.find((item) => item.staffId === actor.id);
  if (mine)
    return {
      code: "conflict",
      message: `Your own access, item ${mine.number}, is undecided: its reviewer decides on it, or somebody else closes.`,
    };
  return null;
}

/** What this person did in the review themselves. */
async function ownPart(db: Reader, actor: StaffActor, campaignId: string): Promise<Refusal | null> {
  const [decided] = await db
    .select({ number: reviewItems.number })
    .from(reviewDecisions)
    .innerJoin(reviewItems, eq(reviewItems.id, reviewDecisions.itemId))
    .where(and(eq(reviewItems.campaignId, campaignId), eq(reviewDecisions.decidedBy, actor.id)))
    .limit(1);
  if (decided)
    return {
      code: "not_allowed",
      message: `You decided on item ${decided.number} of this review, so somebody else closes it.`,
    };
  const [excepted] = await db
    .select({ number: reviewItems.number })
    .from(reviewExceptions)
    .innerJoin(reviewItems, eq(reviewItems.id, reviewExceptions.itemId))
    .where(
      and(
        eq(reviewItems.campaignId, campaignId),
        eq(reviewExceptions.madeBy, actor.id),
        ne(reviewExceptions.kind, "rule"),
      ),
    )
    .limit(1);
  if (excepted)
    return {
      code: "not_allowed",
      message: `You made an exception of item ${excepted.number} of this review, so somebody else closes it.`,
    };
  return null;
}
