import { and, asc, desc, eq, gt, isNotNull, isNull, lt, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { z } from "zod";
import { campaigns, reviewItems, standingExceptions } from "#db/schema/reviews.ts";
import { staff } from "#db/schema/staff.ts";
import { has, type StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { idSchema } from "#lib/kernel/ids.ts";
import { reach } from "#lib/staff/rights.ts";
import { roles } from "#lib/vocabulary.ts";
import { isHeld, isUndecided } from "./held.ts";

export const itemStates = [
  "open",
  "keep",
  "change",
  "revoke",
  "excepted",
  "gone",
  "ended",
] as const;
export type ItemState = (typeof itemStates)[number];

const dropped = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined);

/** What the address of a campaign's page says of its list; anything else is dropped. */
export const itemParams = z.object({
  state: dropped(z.enum(itemStates)),
  reviewer: dropped(z.union([idSchema, z.literal("nobody")])),
  role: dropped(z.enum(roles)),
  after: dropped(z.coerce.number().int().min(1).max(1e6)),
  before: dropped(z.coerce.number().int().min(1).max(1e6)),
  /** How many were handed on just now, and how many the other may not have. */
  handed: dropped(z.coerce.number().int().min(1).max(1e6)),
  left: dropped(z.coerce.number().int().min(0).max(1e6)),
});
export type ItemParams = z.infer<typeof itemParams>;

const person = alias(staff, "person");
const reviewer = alias(staff, "reviewer");
const pageSize = 50;

/** One page of a campaign's items in their order, those of this reader alone where they see no others. */
export async function readItems(ctx: Ctx<StaffActor>, campaignId: string, params: ItemParams) {
  const backwards = params.before !== undefined;
  const rows = await ctx.db
    .select({
      id: reviewItems.id,
      number: reviewItems.number,
      name: reviewItems.name,
      team: reviewItems.team,
      kind: reviewItems.kind,
      status: reviewItems.status,
      role: reviewItems.role,
      scopes: reviewItems.scopes,
      privileged: reviewItems.privileged,
      endedAt: reviewItems.endedAt,
      lastUsedAt: reviewItems.lastUsedAt,
      sessions: reviewItems.sessions,
      openFindings: reviewItems.openFindings,
      reviewerId: reviewItems.reviewerId,
      reviewer: reviewer.name,
      decision: reviewItems.decision,
      remediatedAt: reviewItems.remediatedAt,
      exceptionUntil: standingExceptions.expiresOn,
      isHeld,
      managerId: person.managerId,
      isOpen: sql<boolean>`${campaigns.status} = 'open'`,
      late: sql<boolean>`${campaigns.dueAt} <= clock_timestamp()`,
    })
    .from(reviewItems)
    .innerJoin(campaigns, eq(campaigns.id, reviewItems.campaignId))
    .innerJoin(person, eq(person.id, reviewItems.staffId))
    .leftJoin(reviewer, eq(reviewer.id, reviewItems.reviewerId))
    .leftJoin(standingExceptions, eq(standingExceptions.itemId, reviewItems.id))
    .where(
      and(
        eq(reviewItems.campaignId, campaignId),
        reach(ctx.actor, "see_reviews") === "all"
          ? undefined
          : eq(reviewItems.reviewerId, ctx.actor.id),
        params.state && inState(params.state),
        params.role && eq(reviewItems.role, params.role),
        params.reviewer ? givenTo(params.reviewer) : undefined,
        params.before === undefined ? undefined : lt(reviewItems.number, params.before),
        backwards || params.after === undefined ? undefined : gt(reviewItems.number, params.after),
      ),
    )
    .orderBy(backwards ? desc(reviewItems.number) : asc(reviewItems.number))
    .limit(pageSize + 1);
  const more = rows.length > pageSize;
  const shown = backwards ? rows.slice(0, pageSize).reverse() : rows.slice(0, pageSize);
  const hasBefore = backwards ? more : params.after !== undefined;
  const hasAfter = backwards || more;
  const seesAll = has(ctx.actor, "compliance");
  return {
    // Figures on a person are not for an admin, nor for who reviewed them once it is over.
    rows: shown.map((row) =>
      seesAll || row.managerId === ctx.actor.id || (row.isOpen && row.reviewerId === ctx.actor.id)
        ? row
        : { ...row, sessions: null, openFindings: null },
    ),
    before: hasBefore ? (shown[0]?.number ?? null) : null,
    after: hasAfter ? (shown.at(-1)?.number ?? null) : null,
  };
}
export type ListedItem = Awaited<ReturnType<typeof readItems>>["rows"][number];

/** The state of an item: what had ended, what is decided, what is excepted, what was taken meanwhile, else open. */
export function stateOf(
  item: Pick<ListedItem, "endedAt" | "decision" | "exceptionUntil" | "isHeld">,
): ItemState {
  if (item.endedAt) return "ended";
  if (item.decision) return item.decision;
  if (item.exceptionUntil) return "excepted";
  return item.isHeld ? "open" : "gone";
}

const givenTo = (whom: string) =>
  whom === "nobody" ? isNull(reviewItems.reviewerId) : eq(reviewItems.reviewerId, whom);

function inState(state: ItemState) {
  switch (state) {
    case "ended":
      return isNotNull(reviewItems.endedAt);
    case "excepted":
      return and(isNotNull(standingExceptions.id), isNull(reviewItems.decision));
    case "open":
      return isUndecided;
    case "gone":
      return and(
        isNull(reviewItems.decision),
        isNull(reviewItems.endedAt),
        isNull(standingExceptions.id),
        sql`not ${isHeld}`,
      );
    default:
      return eq(reviewItems.decision, state);
  }
}
