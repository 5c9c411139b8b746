import { and, desc, eq, isNotNull } from "drizzle-orm";
import type { Reader } from "#db/client.ts";
import { reviewAssignments } from "#db/schema/reviews.ts";
import { staff } from "#db/schema/staff.ts";

/** How an item came to whoever has it after the opening, by somebody or by rule, and why; null where it never moved. */
export async function readGivenOn(db: Reader, itemId: string) {
  const [row] = await db
    .select({ at: reviewAssignments.at, by: staff.name, reason: reviewAssignments.reason })
    .from(reviewAssignments)
    .leftJoin(staff, eq(staff.id, reviewAssignments.assignedBy))
    .where(and(eq(reviewAssignments.itemId, itemId), isNotNull(reviewAssignments.reason)))
    .orderBy(desc(reviewAssignments.at))
    .limit(1);
  return row ?? null;
}
export type GivenOn = Awaited<ReturnType<typeof readGivenOn>>;
