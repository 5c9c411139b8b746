import { eq, isNull } from "drizzle-orm";
import type { Reader } from "#db/client.ts";
import { globalStops } from "#db/schema/impersonation.ts";
import { staff } from "#db/schema/staff.ts";

/** The global stop that is in force, or null. While there is one, nothing starts anywhere. */
export async function readGlobalStop(db: Reader) {
  const [stop] = await db
    .select({
      id: globalStops.id,
      by: staff.name,
      at: globalStops.startedAt,
      reason: globalStops.reason,
    })
    .from(globalStops)
    .innerJoin(staff, eq(staff.id, globalStops.startedBy))
    .where(isNull(globalStops.liftedAt));
  return stop ?? null;
}
