import { and, eq, isNull } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import { staffRoles } from "#db/schema/staff.ts";
import { recordAudit } from "#lib/audit/record.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { newId } from "#lib/kernel/ids.ts";
import type { Role } from "#lib/vocabulary.ts";

/**
 * Takes and gives until exactly what is `wanted` is held, each with an entry of its own. What is taken goes first:
 * agent and compliance are never held together. Giver and times are set by the schema, from the entry.
 */
export async function changeRoles(
  tx: Transaction,
  ctx: Ctx<StaffActor>,
  person: Held & { id: string; name: string },
  wanted: Held,
): Promise<void> {
  // A grant is never changed: an agent who may act, or no longer, is given the role anew.
  const stays = (role: Role) =>
    person.roles.includes(role) &&
    wanted.roles.includes(role) &&
    (role !== "agent" || person.lookingOnly === wanted.lookingOnly);
  for (const role of person.roles.filter((held) => !stays(held))) {
    const revokedEntryId = await recordAudit(tx, ctx, {
      event: "role.revoked",
      body: { what: `Took the role ${role} from ${person.name}`, ...about(person, role) },
    });
    await tx
      .update(staffRoles)
      .set({ revokedEntryId, revokedBy: ctx.actor.id, revokedAt: new Date() })
      .where(
        and(
          eq(staffRoles.staffId, person.id),
          eq(staffRoles.role, role),
          isNull(staffRoles.revokedAt),
        ),
      );
  }
  for (const role of wanted.roles.filter((given) => !stays(given))) {
    const lookingOnly = role === "agent" && wanted.lookingOnly;
    const only = lookingOnly ? ", for looking only" : "";
    const grantedEntryId = await recordAudit(tx, ctx, {
      event: "role.granted",
      body: {
        what: `Gave ${person.name} the role ${role}${only}`,
        ...about(person, role),
        ...(lookingOnly ? { looking_only: true } : {}),
      },
    });
    await tx.insert(staffRoles).values({
      id: newId(),
      staffId: person.id,
      role,
      lookingOnly,
      grantedBy: ctx.actor.id,
      grantedEntryId,
    });
  }
}

/** Roles and, of an agent, whether they are for looking only. */
type Held = { roles: readonly Role[]; lookingOnly: boolean };

const about = (person: { id: string; name: string }, role: Role) => ({
  person: person.id,
  name: person.name,
  role,
});
