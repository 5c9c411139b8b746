import { and, eq, isNull, notInArray, sql } from "drizzle-orm";
import type { Reader } from "#db/client.ts";
import { reviewItems } from "#db/schema/reviews.ts";
import { staff, staffRoles } from "#db/schema/staff.ts";
import { type Role, roles } from "#lib/vocabulary.ts";

/** Roles of these items that nobody active would hold once the items' grants are taken. */
export async function leftWithout(
  db: Reader,
  items: readonly { id: string; role: Role }[],
): Promise<Role[]> {
  if (items.length === 0) return [];
  const taken = db
    .select({ id: reviewItems.grantId })
    .from(reviewItems)
    .where(sql`${reviewItems.id} = any(${sql.param(items.map(({ id }) => id))}::uuid[])`);
  const held = await db
    .selectDistinct({ role: staffRoles.role })
    .from(staffRoles)
    .innerJoin(staff, eq(staff.id, staffRoles.staffId))
    .where(
      and(
        isNull(staffRoles.revokedAt),
        eq(staff.status, "active"),
        notInArray(staffRoles.id, taken),
      ),
    );
  return roles.filter(
    (role) =>
      items.some((item) => item.role === role) && !held.some((other) => other.role === role),
  );
}
