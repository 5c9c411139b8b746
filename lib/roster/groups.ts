import { and, asc, eq, isNull, sql } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import { issuerGroups } from "#db/schema/issuer-groups.ts";
import { staff, staffRoles } from "#db/schema/staff.ts";
import { recordAudit } from "#lib/audit/record.ts";
import { transact } from "#lib/audit/transact.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { newId, proposalNumber } from "#lib/kernel/ids.ts";
import { type Result, refuse } from "#lib/kernel/result.ts";
import { whoMayDecide } from "#lib/proposals/others.ts";
import { propose } from "#lib/proposals/propose.ts";
import { readOpenOf } from "#lib/proposals/queries.ts";
import { takeByGroup } from "#lib/staff/group-roles.ts";
import { requireChanger } from "#lib/staff/lock.ts";
import type { Role } from "#lib/vocabulary.ts";
import { requireFreshForRoles } from "./fresh.ts";
import type { MapGroup, UnmapGroup } from "./schemas.ts";

type Mapping = { group: string; role: Role; lookingOnly: boolean };
type Mapped = { id: string | null; proposed: number | null };

/** Roles that run the product or watch over it: a mapping that gives one is made by two. */
const byTwo: readonly Role[] = ["admin", "compliance"];

/**
 * Lets a group of the issuer give a role to everybody in it, from their next sign-in on; `admin` and `compliance` only
 * once a second admin accepts. Refuses with `not_allowed`, `sign_in_again`, `second_person`, and `conflict` where it is
 * mapped or proposed already.
 */
export const mapGroup = (ctx: Ctx<StaffActor>, input: MapGroup): Promise<Result<Mapped>> =>
  transact(ctx, { event: "settings.refused", body: { group: input.group } }, async (tx) => {
    requireChanger(ctx.actor);
    await requireFreshForRoles(tx, ctx);
    if (!byTwo.includes(input.role))
      return { id: await mapIn(tx, ctx, input, { reason: input.reason }), proposed: null };
    await refuseMapped(tx, input);
    return { id: null, proposed: await proposeMapping(tx, ctx, input) };
  });

async function proposeMapping(
  tx: Transaction,
  ctx: Ctx<StaffActor>,
  { group, role, reason }: MapGroup,
): Promise<number> {
  const concerned = { kind: "role" as const, proposedBy: ctx.actor.id, staffId: null };
  if ((await whoMayDecide(tx, concerned)).length === 0)
    refuse(
      "second_person",
      `Nothing was saved: who becomes ${role} by a group is for two admins to say, and there is no other. Whoever runs this installation can make one: npm run admin -- their e-mail`,
    );
  const waiting = await readOpenOf({ ...ctx, db: tx }, { kind: "role" });
  const about = `members of “${group}” become ${role}`;
  const same = waiting.find(
    ({ after }) => JSON.stringify(after) === JSON.stringify({ group, role }),
  );
  if (same) refuse("conflict", `${proposalNumber(same.number)} proposes this already.`);
  const made = await propose(tx, ctx, {
    ...{ kind: "role", before: { group, role: null }, after: { group, role }, reason, about },
  });
  return made.number;
}

async function refuseMapped(tx: Transaction, { group, role }: Pick<Mapping, "group" | "role">) {
  const [mapped] = await tx
    .select({ id: issuerGroups.id })
    .from(issuerGroups)
    .where(
      and(
        eq(issuerGroups.groupName, group),
        eq(issuerGroups.role, role),
        isNull(issuerGroups.unmappedAt),
      ),
    );
  if (mapped) refuse("conflict", `“${group}” gives the role ${role} already.`);
}

/** The mapping and its entry, in the caller's transaction. */
export async function mapIn(
  tx: Transaction,
  ctx: Ctx<StaffActor>,
  { group, role, lookingOnly }: Mapping,
  because: { reason: string; proposal?: string },
): Promise<string> {
  await refuseMapped(tx, { group, role });
  const only = lookingOnly ? ", for looking only" : "";
  const mappedEntryId = await recordAudit(tx, ctx, {
    event: "group.mapped",
    body: {
      what: `Members of “${group}” get the role ${role}${only}`,
      ...{ group, role, looking_only: lookingOnly, ...because },
    },
  });
  const id = newId();
  await tx
    .insert(issuerGroups)
    .values({ id, groupName: group, role, lookingOnly, mappedBy: ctx.actor.id, mappedEntryId });
  return id;
}

/**
 * Takes a mapping back: whoever holds the role by that group loses it at once. Refuses with `not_allowed`, `not_found`,
 * `ended`, `sign_in_again`.
 */
export const unmapGroup = (
  ctx: Ctx<StaffActor>,
  { id, reason }: UnmapGroup,
): Promise<Result<{ taken: number }>> =>
  transact(ctx, { event: "settings.refused", body: { mapping: id } }, async (tx) => {
    requireChanger(ctx.actor);
    await requireFreshForRoles(tx, ctx);
    const [mapping] = await tx
      .select()
      .from(issuerGroups)
      .where(eq(issuerGroups.id, id))
      .for("no key update");
    if (!mapping) refuse("not_found", "There is no such mapping.");
    if (mapping.unmappedAt) refuse("ended", "This mapping was taken back before.");
    const { groupName: group, role } = mapping;
    const unmappedEntryId = await recordAudit(tx, ctx, {
      event: "group.unmapped",
      body: { what: `Members of “${group}” get the role ${role} no longer`, group, role, reason },
    });
    await tx
      .update(issuerGroups)
      .set({ unmappedAt: new Date(), unmappedBy: ctx.actor.id, unmappedEntryId })
      .where(eq(issuerGroups.id, id));
    const holders = await tx
      .select({ grantId: staffRoles.id, staffId: staff.id, name: staff.name })
      .from(staffRoles)
      .innerJoin(staff, eq(staff.id, staffRoles.staffId))
      .where(
        and(
          eq(staffRoles.issuerGroup, group),
          eq(staffRoles.role, role),
          isNull(staffRoles.revokedAt),
        ),
      )
      .orderBy(asc(staff.id));
    for (const { grantId, staffId, name } of holders)
      await takeByGroup(tx, ctx, { id: staffId, name }, { id: grantId, role, group });
    return { taken: holders.length };
  });

export type GroupMapping = {
  id: string;
  group: string;
  role: Role;
  lookingOnly: boolean;
  mappedAt: Date;
  mappedBy: string;
  /** Who holds the role by it now. */
  holders: number;
};

/** The mappings in force, by group: 500 at most. */
export const readGroups = ({ db }: Ctx<StaffActor>): Promise<GroupMapping[]> =>
  db
    .select({
      id: issuerGroups.id,
      group: issuerGroups.groupName,
      role: issuerGroups.role,
      lookingOnly: issuerGroups.lookingOnly,
      mappedAt: issuerGroups.mappedAt,
      mappedBy: staff.name,
      holders:
        sql`(select count(*) from ${staffRoles} r where r.issuer_group = ${issuerGroups.groupName}
        and r.role = ${issuerGroups.role} and r.revoked_at is null)`.mapWith(Number),
    })
    .from(issuerGroups)
    .innerJoin(staff, eq(staff.id, issuerGroups.mappedBy))
    .where(isNull(issuerGroups.unmappedAt))
    .orderBy(asc(issuerGroups.groupName), asc(issuerGroups.role))
    .limit(500);
