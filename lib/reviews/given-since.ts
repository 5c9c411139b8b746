import { and, desc, eq, isNull, ne } from "drizzle-orm";
import type { Reader } from "#db/client.ts";
import { staff, staffRoles } from "#db/schema/staff.ts";
import type { Item } from "./item.ts";

/** The grant by which the person holds the role of an item again, where the item's own is gone; null where none does. */
export async function readGivenSince(db: Reader, item: Item) {
  if (!item.revokedAt) return null;
  const [row] = await db
    .select({
      at: staffRoles.grantedAt,
      by: staff.name,
      lookingOnly: staffRoles.lookingOnly,
    })
    .from(staffRoles)
    .leftJoin(staff, eq(staff.id, staffRoles.grantedBy))
    .where(
      and(
        eq(staffRoles.staffId, item.personId),
        eq(staffRoles.role, item.role),
        isNull(staffRoles.revokedAt),
        ne(staffRoles.id, item.grantId),
      ),
    )
    .orderBy(desc(staffRoles.grantedAt))
    .limit(1);
  return row ?? null;
}
export type GivenSince = Awaited<ReturnType<typeof readGivenSince>>;
