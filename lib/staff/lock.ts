import { asc, eq, inArray, sql } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import { staff } from "#db/schema/staff.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import { refuse } from "#lib/kernel/result.ts";
import type { StaffKind } from "#lib/vocabulary.ts";
import { readStaff, type StaffMember } from "./queries.ts";
import { may } from "./rights.ts";

/** Refuses who may not change settings. */
export function requireChanger(actor: StaffActor): void {
  if (!may(actor, "change_settings")) refuse("not_allowed", "Only an admin changes this.");
}

/**
 * The person an admin is about to change, locked together with the admin, in the order in which the schema locks them
 * too. Refuses with `not_allowed`, `not_found`, and `own_record`: nobody changes who they are themselves,
 * through none of their accounts.
 */
export async function lockPerson(
  tx: Transaction,
  actor: StaffActor,
  staffId: string,
): Promise<StaffMember & { managerId: string | null; kind: StaffKind }> {
  requireChanger(actor);
  if (staffId === actor.id)
    refuse("own_record", "Nobody changes their own record. Ask another admin.");
  await tx
    .select({ id: staff.id })
    .from(staff)
    .where(inArray(staff.id, [staffId, actor.id]))
    .orderBy(asc(staff.id))
    .for("no key update");
  const person = await readStaff(tx, staffId);
  const [row] = await tx
    .select({
      managerId: staff.managerId,
      kind: staff.kind,
      isOneself: sql<boolean>`same_person(${staff.id}, ${actor.id}::uuid)`,
    })
    .from(staff)
    .where(eq(staff.id, staffId));
  if (!person || !row) refuse("not_found", "There is nobody here by that name.");
  const { isOneself, ...more } = row;
  if (isOneself) refuse("own_record", "This is another account of yours. Ask another admin.");
  return { ...person, ...more };
}
