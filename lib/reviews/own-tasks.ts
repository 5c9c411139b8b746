import { and, asc, eq, sql } from "drizzle-orm";
import type { Reader } from "#db/client.ts";
import { campaigns, reviewItems, reviewRemediations } from "#db/schema/reviews.ts";
import { isOutstanding } from "./outside.ts";

/** Its day is over where the company is. */
const isLate = sql<boolean>`${reviewRemediations.dueOn} < (clock_timestamp() at time zone ${campaigns.zone})::date`;

/** What this person has to do elsewhere after a review, and what of it nobody has looked at yet; the earliest first. */
export const readOwnTasks = (db: Reader, ownerId: string) =>
  db
    .select({
      id: reviewRemediations.id,
      what: reviewRemediations.what,
      dueOn: reviewRemediations.dueOn,
      doneAt: reviewRemediations.doneAt,
      result: reviewRemediations.result,
      late: isLate,
      name: reviewItems.name,
      role: reviewItems.role,
      slug: campaigns.slug,
      firstDay: campaigns.firstDay,
      lastDay: campaigns.lastDay,
    })
    .from(reviewRemediations)
    .innerJoin(reviewItems, eq(reviewItems.id, reviewRemediations.itemId))
    .innerJoin(campaigns, eq(campaigns.id, reviewItems.campaignId))
    .where(
      and(eq(reviewRemediations.ownerId, ownerId), isOutstanding, eq(campaigns.status, "open")),
    )
    .orderBy(asc(reviewRemediations.dueOn), asc(reviewRemediations.id))
    .limit(100);
