import { and, eq, isNull, sql } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import { issuerGroups } from "#db/schema/issuer-groups.ts";
import { staffRoles } from "#db/schema/staff.ts";
import { recordAudit } from "#lib/audit/record.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { newId } from "#lib/kernel/ids.ts";
import type { Role } from "#lib/vocabulary.ts";
import { type Given, groupChanges } from "./group-rules.ts";
import { isLastAdmin, lockAdmins } from "./last-admin.ts";

type Person = { id: string; name: string };
type Grant = { id: string; role: Role; group: string };

/**
 * Gives and takes what the issuer's groups say of somebody who signs in: roles that a person gave are not theirs to
 * take, agent and compliance are never given together, and the last admin stays one. Each change is an entry.
 */
export async function followGroups(
  tx: Transaction,
  ctx: Ctx,
  person: Person,
  groups: readonly string[],
): Promise<void> {
  const mapped = await tx
    .select({
      group: issuerGroups.groupName,
      role: issuerGroups.role,
      lookingOnly: issuerGroups.lookingOnly,
    })
    .from(issuerGroups)
    .where(isNull(issuerGroups.unmappedAt))
    .orderBy(issuerGroups.groupName, issuerGroups.role);
  const held = await tx
    .select({
      id: staffRoles.id,
      role: staffRoles.role,
      lookingOnly: staffRoles.lookingOnly,
      group: staffRoles.issuerGroup,
    })
    .from(staffRoles)
    .where(and(eq(staffRoles.staffId, person.id), isNull(staffRoles.revokedAt)));
  const { take, give } = groupChanges(held, mapped, groups);
  if (take.some(({ role }) => role === "admin")) await lockAdmins(tx);
  for (const grant of take) {
    if (grant.role === "admin" && (await isLastAdmin(tx, person.id))) continue;
    await takeByGroup(tx, ctx, person, grant);
  }
  for (const one of give) await giveByGroup(tx, ctx, person, one);
}

/** Takes a role that a group gave. */
export async function takeByGroup(
  tx: Transaction,
  ctx: Ctx,
  person: Person,
  { id, role, group }: Grant,
): Promise<void> {
  const revokedEntryId = await recordAudit(tx, ctx, {
    event: "role.revoked",
    body: {
      what: `Took the role ${role} from ${person.name}: no longer by the group “${group}”`,
      ...{ person: person.id, name: person.name, role, issuer_group: group },
    },
  });
  await tx
    .update(staffRoles)
    .set({ revokedEntryId, revokedAt: new Date() })
    .where(eq(staffRoles.id, id));
}

async function giveByGroup(
  tx: Transaction,
  ctx: Ctx,
  person: Person,
  { role, lookingOnly, group }: Given,
): Promise<void> {
  const only = lookingOnly ? ", for looking only" : "";
  const grantedEntryId = await recordAudit(tx, ctx, {
    event: "role.granted",
    body: {
      what: `Gave ${person.name} the role ${role}${only}, by the group “${group}”`,
      ...{ person: person.id, name: person.name, role, issuer_group: group },
      ...(lookingOnly ? { looking_only: true } : {}),
    },
  });
  await tx.insert(staffRoles).values({
    ...{ id: newId(), staffId: person.id, role, lookingOnly, issuerGroup: group, grantedEntryId },
  });
}

/** Whether any group is mapped, or anybody holds a role by one: else nothing is to be followed. */
export async function areGroupsUsed(tx: Transaction): Promise<boolean> {
  const { rows } = await tx.execute<{ used: boolean }>(
    sql`select exists (select 1 from issuer_groups where unmapped_at is null)
      or exists (select 1 from staff_roles where issuer_group is not null and revoked_at is null) as used`,
  );
  return rows[0]?.used ?? false;
}
