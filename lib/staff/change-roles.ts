import { and, eq, isNull } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import { staffRoles } from "#db/schema/staff.ts";
import { recordAudit } from "#lib/audit/record.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { newId } from "#lib/kernel/ids.ts";
import type { Role } from "#lib/vocabulary.ts";

/**
 * Takes and gives until exactly the `wanted` roles are held, each with an entry of its own. What is taken goes first:
 * agent and compliance are never held together. Giver and times are set by the schema, from the entry.
 */
export async function changeRoles(
  tx: Transaction,
  ctx: Ctx<StaffActor>,
  person: { id: string; name: string; roles: readonly Role[] },
  wanted: readonly Role[],
): Promise<void> {
  for (const role of person.roles.filter((held) => !wanted.includes(held))) {
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
  for (const role of wanted.filter((given) => !person.roles.includes(given))) {
    const grantedEntryId = await recordAudit(tx, ctx, {
      event: "role.granted",
      body: { what: `Gave ${person.name} the role ${role}`, ...about(person, role) },
    });
    await tx
      .insert(staffRoles)
      .values({ id: newId(), staffId: person.id, role, grantedBy: ctx.actor.id, grantedEntryId });
  }
}

const about = (person: { id: string; name: string }, role: Role) => ({
  person: person.id,
  name: person.name,
  role,
});
