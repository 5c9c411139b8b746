import { and, asc, eq, isNull, type SQL, sql } from "drizzle-orm";
import { clock, type Reader } from "#db/client.ts";
import { campaigns, reviewItems, standingExceptions } from "#db/schema/reviews.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Refusal } from "#lib/kernel/result.ts";
import { may } from "#lib/staff/rights.ts";
import type { Role } from "#lib/vocabulary.ts";
import { isUndecided } from "./held.ts";
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

const unsettled = (db: Reader, campaignId: string, ...where: SQL[]) =>
  db
    .select({
      id: reviewItems.id,
      number: reviewItems.number,
      staffId: reviewItems.staffId,
      name: reviewItems.name,
      role: reviewItems.role,
      needsAdmin: sql<boolean>`review_needs_admin(${reviewItems})`,
    })
    .from(reviewItems)
    .leftJoin(standingExceptions, eq(standingExceptions.itemId, reviewItems.id))
    .where(and(eq(reviewItems.campaignId, campaignId), ...where))
    .orderBy(asc(reviewItems.number));

/** What nobody decided yet, and no exception stands of; what was taken meanwhile needs no decision. */
export const readUndecided = (db: Reader, campaignId: string): Promise<Unsettled[]> =>
  unsettled(db, campaignId, isUndecided);

/** What was decided, and what follows from it is neither proved nor excepted. */
const readUnproved = (db: Reader, campaignId: string): Promise<Unsettled[]> =>
  unsettled(
    db,
    campaignId,
    sql`${reviewItems.decision} in ('change', 'revoke')`,
    isNull(reviewItems.remediatedAt),
    sql`${standingExceptions.kind} is distinct from 'unproved'`,
  ).limit(100);

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
      message: `What was decided on ${first.name}, ${first.role}, is not carried out and proved yet${unproved.length > 1 ? `, nor on ${unproved.length - 1} more` : ""}. It is tried again each hour; what stays possible is taken by an admin, or excepted.`,
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

const partWords = {
  decided: "You decided on an item of this review, so somebody else closes it.",
  excepted: "You made an exception in this review, so somebody else closes it.",
  followed: "You did or checked a task of this review, so somebody else closes it.",
} as const;

/** What this person did in the review themselves: deciding, excepting, or seeing to what follows. */
async function ownPart(db: Reader, actor: StaffActor, campaignId: string): Promise<Refusal | null> {
  const { rows } = await db.execute<{ part: keyof typeof partWords | null }>(
    sql`select review_part(${campaignId}::uuid, ${actor.id}::uuid) as part`,
  );
  const part = rows[0]?.part;
  return part ? { code: "not_allowed", message: partWords[part] } : null;
}
