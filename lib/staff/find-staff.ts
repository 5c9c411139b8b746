import { and, asc, eq, type SQL, sql } from "drizzle-orm";
import { staff } from "#db/schema/staff.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { plainText } from "#lib/kernel/typed-text.ts";
import type { Permission } from "./rights.ts";
import { withinReach } from "./within-reach.ts";

export type StaffName = { id: string; name: string; team: string };

const columns = { id: staff.id, name: staff.name, team: staff.team };
const most = 20;

/**
 * Of the staff whose work this reader may see by the permission, those of whose name and e-mail words begin with all that is
 * typed, by name: 20 at most, and whether there are more. The deactivated too: what they did is still there.
 */
export async function findStaff(
  ctx: Ctx<StaffActor>,
  permission: Permission,
  typed: string,
): Promise<{ staff: StaffName[]; more: boolean }> {
  const words = plainText(typed)
    .split(/[\s\-.@_]+/)
    .filter(Boolean)
    .slice(0, 8);
  const rows = await ctx.db
    .select(columns)
    .from(staff)
    .where(and(withinReach(ctx, permission, staff.id), ...words.map(beginning)))
    .orderBy(asc(staff.name), asc(staff.id))
    .limit(most + 1);
  return { staff: rows.slice(0, most), more: rows.length > most };
}

/** Somebody by id, if their work is this reader's to see; else null. */
export async function readStaffName(
  ctx: Ctx<StaffActor>,
  permission: Permission,
  id: string,
): Promise<StaffName | null> {
  const [row] = await ctx.db
    .select(columns)
    .from(staff)
    .where(and(eq(staff.id, id), withinReach(ctx, permission, staff.id)));
  return row ?? null;
}

/** Written as the index `staff_words` has it. */
const beginning = (word: string): SQL =>
  sql`fold(' ' || translate(${staff.name} || ' ' || ${staff.email}, '-.@_', '    ')) like '% ' || btrim(fold(${escaped(word)})) || '%'`;

const escaped = (word: string): string => word.replaceAll(/[\\%]/g, "\\$&");
