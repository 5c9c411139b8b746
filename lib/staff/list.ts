import { asc, eq } from "drizzle-orm";
import type { Reader } from "#db/client.ts";
import { staff } from "#db/schema/staff.ts";

export type StaffName = { id: string; name: string; team: string };

/** Names to choose from in a filter, the deactivated included: what they did is still there. One team's, or all. */
export const listStaff = (db: Reader, team: string | null): Promise<StaffName[]> =>
  db
    .select({ id: staff.id, name: staff.name, team: staff.team })
    .from(staff)
    .where(team === null ? undefined : eq(staff.team, team))
    .orderBy(asc(staff.name))
    .limit(500);
