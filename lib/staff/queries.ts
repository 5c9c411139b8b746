import { and, asc, eq, inArray, isNull, ne, sql } from "drizzle-orm";
import { alias, type PgColumn } from "drizzle-orm/pg-core";
import { z } from "zod";
import { readAtOnce } from "#db/at-once.ts";
import type { Reader } from "#db/client.ts";
import { preparedSelect } from "#db/prepared.ts";
import { requests } from "#db/schema/impersonation.ts";
import { staff, staffRoles, staffSignIns } from "#db/schema/staff.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { type Role, roles, type StaffStatus } from "#lib/vocabulary.ts";
import { atWorkMinutes } from "./rules.ts";

export type StaffMember = {
  id: string;
  name: string;
  email: string;
  team: string;
  /** IANA zone */
  zone: string;
  status: StaffStatus;
  deactivatedAt: Date | null;
  managerName: string | null;
  /** Held now, in the order of the vocabulary. */
  roles: Role[];
  /** An agent who may look and never act. */
  lookingOnly: boolean;
};

const rolesColumn = z.array(z.enum(roles));
const boss = alias(staff, "boss");

/** The roles that the person of `column` holds now, as a column of a select. */
export const heldRoles = (column: PgColumn) =>
  sql`coalesce((select array_agg(r.role) from ${staffRoles} r where r.staff_id = ${column} and r.revoked_at is null), '{}')`.mapWith(
    rolesIn,
  );
/** Whether the person of `column` is an agent now who may look and never act. */
const heldForLooking = (column: PgColumn) =>
  sql<boolean>`exists (select 1 from ${staffRoles} r where r.staff_id = ${column} and r.revoked_at is null and r.looking_only)`;
/** What such a column holds, in the order of the vocabulary. */
export function rolesIn(value: unknown): Role[] {
  const held = rolesColumn.parse(value);
  return roles.filter((role) => held.includes(role));
}

/** Of one person, with what they hold now. */
export const personColumns = {
  id: staff.id,
  name: staff.name,
  email: staff.email,
  team: staff.team,
  zone: staff.zone,
  status: staff.status,
  deactivatedAt: staff.deactivatedAt,
  roles: heldRoles(staff.id),
  lookingOnly: heldForLooking(staff.id),
};
const columns = { ...personColumns, managerName: boss.name };

/** One member of staff with the roles held now; null when there is none. */
export async function readStaff(db: Reader, id: string): Promise<StaffMember | null> {
  const [row] = await db
    .select(columns)
    .from(staff)
    .leftJoin(boss, eq(boss.id, staff.managerId))
    .where(eq(staff.id, id));
  return row ?? null;
}

export type Persona = StaffMember & {
  /** Pending requests that this person could decide on; 0 without the role. */
  waiting: number;
};

/** Whom the demo's sign-in page lists: those who were there first, and who is sought by a part of their name. */
export const mostPersonas = 40;

/**
 * People for the demo's sign-in page, at most `mostPersonas` of them; who is deactivated comes last. `more` tells that there
 * are others, whom `name` finds.
 */
export async function readPersonas(
  db: Reader,
  name = "",
): Promise<{ people: Persona[]; more: boolean }> {
  const first = db
    .select({ id: staff.id })
    .from(staff)
    // A service account signs in by itself, and is nobody whom one could be.
    .where(and(eq(staff.kind, "person"), sql`strpos(lower(${staff.name}), lower(${name})) > 0`))
    .orderBy(asc(staff.createdAt), asc(staff.id))
    .limit(mostPersonas + 1);
  const ids = (await first).map(({ id }) => id);
  const waiting = sql<number>`(select count(*) from ${requests} q
    where q.status = 'pending' and q.lapses_at > clock_timestamp() and q.actor_id <> ${staff.id}
      and may_decide(${staff.id}, q))`;
  const people = await db
    .select({ ...columns, waiting: waiting.mapWith(Number) })
    .from(staff)
    .leftJoin(boss, eq(boss.id, staff.managerId))
    .where(inArray(staff.id, ids.slice(0, mostPersonas)))
    .orderBy(asc(staff.status), asc(staff.createdAt), asc(staff.id));
  return { people, more: ids.length > mostPersonas };
}

export type Approver = { id: string; name: string; team: string; zone: string; atWork: boolean };

/** Who could approve a request of this actor now: active managers, not the actor, not who reports to the actor. */
export const approversOf = (db: Reader, actorId: string): Promise<Approver[]> =>
  selectApprovers(db, { actorId });

/** The same for a page, which reads more beside it; of the reader's own requests. */
export const readApprovers = (ctx: Ctx<StaffActor>): Promise<Approver[]> =>
  readAtOnce(ctx, selectApprovers.part({ actorId: ctx.actor.id }));

const atWork = sql<boolean>`exists (select 1 from ${staffSignIns} i where i.staff_id = ${staff.id}
  and i.ended_at is null and i.last_active_at > clock_timestamp() - make_interval(mins => ${sql.raw(String(atWorkMinutes))}))`;
const actorId = sql.placeholder("actorId");
const selectApprovers = preparedSelect(
  "possible_approvers",
  { id: staff.id, name: staff.name, team: staff.team, zone: staff.zone, atWork },
  (builder, columns) =>
    builder
      .select(columns)
      .from(staff)
      .innerJoin(
        staffRoles,
        and(
          eq(staffRoles.staffId, staff.id),
          eq(staffRoles.role, "manager"),
          isNull(staffRoles.revokedAt),
        ),
      )
      .where(
        and(
          eq(staff.status, "active"),
          ne(staff.id, actorId),
          // Most lead nobody: then there is no line of managers to walk up.
          sql`case when exists (select 1 from staff led where led.manager_id = ${actorId}::uuid)
            then not reports_to(${staff.id}, ${actorId}::uuid) else true end`,
        ),
      )
      .orderBy(sql`${atWork} desc`, asc(staff.name)),
);
