import { and, asc, eq, isNull, type SQL, sql } from "drizzle-orm";
import { clock, type Reader } from "#db/client.ts";
import { campaigns, reviewItems, standingExceptions } from "#db/schema/reviews.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import { dayWords } from "#lib/kernel/days.ts";
import type { Refusal } from "#lib/kernel/result.ts";
import { readOwnAccounts } from "#lib/staff/own-accounts.ts";
import { may } from "#lib/staff/rights.ts";
import type { Role } from "#lib/vocabulary.ts";
import { readClosing } from "./closing.ts";
import { lastDayBefore } from "./reminder-rules.ts";

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

/**
 * Read out of the view itself: held against it item by item, thousands take seconds. Only of admins it is asked whether
 * they are needed.
 */
const readOfUndecided = async (
  db: Reader,
  campaignId: string,
  more: { where?: SQL; most?: number } = {},
): Promise<Unsettled[]> => {
  const { rows } = await db.execute<Unsettled>(sql`
    select * from (
      select u.id, u.number, u.staff_id as "staffId", u.name, u.role,
        u.role = 'admin' and (select review_needs_admin(i) from review_items i where i.id = u.id) as "needsAdmin"
      from undecided_items u where u.campaign_id = ${campaignId}::uuid) told
    ${more.where ?? sql``} order by number limit ${more.most ?? null}`);
  return rows;
};

/** What nobody decided yet, and no exception stands of; what was taken meanwhile needs no decision. */
export const readUndecided = (db: Reader, campaignId: string): Promise<Unsettled[]> =>
  readOfUndecided(db, campaignId);

/** Some of it that can be taken without taking the last admin. */
export const readToTake = (db: Reader, campaignId: string, most: number): Promise<Unsettled[]> =>
  readOfUndecided(db, campaignId, { where: sql`where not "needsAdmin"`, most });

/** The first of what was decided whose sequel is neither proved nor excepted, and how many there are, a hundred at most. */
async function readUnproved(db: Reader, campaignId: string) {
  const rows = await db
    .select({ name: reviewItems.name, role: reviewItems.role })
    .from(reviewItems)
    .leftJoin(standingExceptions, eq(standingExceptions.itemId, reviewItems.id))
    .where(
      and(
        eq(reviewItems.campaignId, campaignId),
        sql`${reviewItems.decision} in ('change', 'revoke')`,
        isNull(reviewItems.remediatedAt),
        sql`${standingExceptions.kind} is distinct from 'unproved'`,
      ),
    )
    .orderBy(asc(reviewItems.number))
    .limit(100);
  return { first: rows[0], more: rows.length - 1 };
}

/**
 * What keeps this person from closing this review whatever they type, or null; also for the page, and for the closing that
 * they have asked for and that is carried on.
 */
export async function refusalBefore(
  { db, actor }: { db: Reader; actor: StaffActor },
  campaignId: string,
  carriedOn: string | null = null,
): Promise<Refusal | null> {
  const refusal = await closerRefusal({ db, actor }, campaignId, carriedOn);
  if (refusal) return refusal;
  const { first, more } = await readUnproved(db, campaignId);
  if (first)
    return {
      code: "conflict",
      message: `What was decided on ${first.name}, ${first.role}, is not carried out and proved yet${more > 0 ? `, nor on ${more} more` : ""}. It is tried again each hour; what stays possible is taken by an admin, or excepted.`,
    };
  const undecided = await readUndecided(db, campaignId);
  if (undecided.length === 0) return null;
  const [campaign] = await db
    .select({ dueAt: campaigns.dueAt, zone: campaigns.zone })
    .from(campaigns)
    .where(eq(campaigns.id, campaignId));
  if (campaign && (await clock(db)) < campaign.dueAt)
    return {
      code: "conflict",
      message: `${undecided.length === 1 ? "One item is" : `${undecided.length} items are`} undecided. Until ${dayWords(lastDayBefore(campaign.dueAt, campaign.zone))} their reviewers decide; only after it does the policy settle what is left.`,
    };
  return ownUndecided(db, undecided, actor);
}

/** Nobody closes over their own right: what the policy would take, or except, is somebody else's to settle. */
export async function ownUndecided(
  db: Reader,
  items: readonly Unsettled[],
  actor: StaffActor,
): Promise<Refusal | null> {
  const accounts = await readOwnAccounts(db, actor.id);
  const mine = items.find(({ staffId }) => accounts.includes(staffId));
  return mine
    ? {
        code: "conflict",
        message: `Your own access, item ${mine.number}, is undecided: its reviewer decides on it, or somebody else closes.`,
      }
    : null;
}

/** Whether this person is somebody who closes this review at all, while nobody else does. */
export async function closerRefusal(
  { db, actor }: { db: Reader; actor: StaffActor },
  campaignId: string,
  carriedOn: string | null,
): Promise<Refusal | null> {
  if (!may(actor, "run_reviews"))
    return { code: "not_allowed", message: "Only compliance closes a review." };
  const [campaign] = await db
    .select({ status: campaigns.status })
    .from(campaigns)
    .where(eq(campaigns.id, campaignId));
  if (!campaign) return { code: "not_found", message: "There is no such review." };
  if (campaign.status === "closed")
    return { code: "ended", message: "The review is closed: it stays as it is." };
  const closing = await readClosing(db, campaignId);
  if (closing && closing.id !== carriedOn)
    return {
      code: "conflict",
      message: `${closing.closerName} closes this review already: it is under way.`,
    };
  return ownPart(db, actor, campaignId);
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
