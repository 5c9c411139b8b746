import { asc, eq } from "drizzle-orm";
import { staff } from "#db/schema/staff.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";

/** The teams that active staff are in, by name. */
export async function readTeams({ db }: Ctx<StaffActor>): Promise<string[]> {
  const rows = await db
    .selectDistinct({ team: staff.team })
    .from(staff)
    .where(eq(staff.status, "active"))
    .orderBy(asc(staff.team));
  return rows.map(({ team }) => team);
}
