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
  /** Why, for the record; and the proposal that a second admin accepted, where one had to. */
  because: { reason?: string; proposal?: string } = {},
): Promise<void> {
  const before = heldWords(person);
  const after = heldWords(wanted);
  const why = { before, after, ...because };
  for (const role of person.roles.filter((held) => !staysHeld(person, wanted, held))) {
    const revokedEntryId = await recordAudit(tx, ctx, {
      event: "role.revoked",
      body: { what: `Took the role ${role} from ${person.name}`, ...about(person, role), ...why },
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
  for (const role of wanted.roles.filter((given) => !staysHeld(person, wanted, given))) {
    const lookingOnly = role === "agent" && wanted.lookingOnly;
    const only = lookingOnly ? ", for looking only" : "";
    const grantedEntryId = await recordAudit(tx, ctx, {
      event: "role.granted",
      body: {
        what: `Gave ${person.name} the role ${role}${only}`,
        ...about(person, role),
        ...(lookingOnly ? { looking_only: true } : {}),
        ...why,
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
export type Held = { roles: readonly Role[]; lookingOnly: boolean };

/** A grant is never changed: an agent who may act, or no longer, is given the role anew. */
const staysHeld = (before: Held, after: Held, role: Role) =>
  before.roles.includes(role) &&
  after.roles.includes(role) &&
  (role !== "agent" || before.lookingOnly === after.lookingOnly);

/** Whether anything is given or taken at all. */
export const changesRoles = (before: Held, after: Held): boolean =>
  [...before.roles, ...after.roles].some((role) => !staysHeld(before, after, role));

/** As a record says what is held: "agent, looking only". */
export const heldWords = ({ roles, lookingOnly }: Held): string[] =>
  roles.map((role) => (role === "agent" && lookingOnly ? "agent, looking only" : role));

const about = (person: { id: string; name: string }, role: Role) => ({
  person: person.id,
  name: person.name,
  role,
});
