import { and, eq, or, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { z } from "zod";
import type { Reader } from "#db/client.ts";
import { staff, staffRoles, staffSignIns } from "#db/schema/staff.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { readNameCursor, writeNameCursor } from "#lib/kernel/name-cursor.ts";
import { plainText } from "#lib/kernel/typed-text.ts";
import { type Role, roles, type StaffKind, type StaffStatus } from "#lib/vocabulary.ts";
import { personColumns } from "./queries.ts";

export type Person = {
  id: string;
  name: string;
  email: string;
  team: string;
  zone: string;
  kind: StaffKind;
  status: StaffStatus;
  deactivatedAt: Date | null;
  managerName: string | null;
  managerEmail: string | null;
  roles: Role[];
  lookingOnly: boolean;
  /** When they last did something, in any sign-in; null: never signed in. */
  activeAt: Date | null;
};

const boss = alias(staff, "boss");
const columns = {
  ...personColumns,
  kind: staff.kind,
  managerName: boss.name,
  managerEmail: boss.email,
  activeAt:
    sql`(select max(i.last_active_at) from ${staffSignIns} i where i.staff_id = ${staff.id})`.mapWith(
      (value) => value && staffSignIns.lastActiveAt.mapFromDriverValue(value),
    ),
};

/** What the URL of the list says; a cursor that we did not write is the first page. */
export const peopleParams = z.object({
  q: z.string().max(200).catch(""),
  role: z.enum(roles).optional().catch(undefined),
  after: z.string().max(600).optional().catch(undefined),
  before: z.string().max(600).optional().catch(undefined),
});
export type PeopleParams = z.infer<typeof peopleParams>;

const pageSize = 50;

/** The staff by name, 50 to a page; whose name or e-mail holds `q`, who hold `role`. */
export async function readPeople({ db }: Ctx<StaffActor>, params: PeopleParams) {
  const later = readNameCursor(params.after);
  const earlier = later ? null : readNameCursor(params.before);
  const place = sql`(${staff.name}, ${staff.id})`;
  const from = later
    ? sql`${place} > (${later.name}, ${later.id}::uuid)`
    : earlier && sql`${place} < (${earlier.name}, ${earlier.id}::uuid)`;
  const order = earlier ? sql`desc` : sql`asc`;
  const rows: Person[] = await db
    .select(columns)
    .from(staff)
    .leftJoin(boss, eq(boss.id, staff.managerId))
    .where(and(holding(params.q), having(params.role), from ?? undefined))
    .orderBy(sql`${staff.name} ${order}`, sql`${staff.id} ${order}`)
    .limit(pageSize + 1);
  const more = rows.length > pageSize;
  const people = rows.slice(0, pageSize);
  if (earlier) people.reverse();
  return {
    people,
    previous: (earlier ? more : later) ? writeCursor(people.at(0)) : null,
    next: (earlier ? true : more) ? writeCursor(people.at(-1)) : null,
  };
}

/** One member of staff; null when there is none. */
export async function readPerson(db: Reader, id: string): Promise<Person | null> {
  const [row] = await db
    .select(columns)
    .from(staff)
    .leftJoin(boss, eq(boss.id, staff.managerId))
    .where(eq(staff.id, id));
  return row ?? null;
}

export type RoleGrant = {
  id: string;
  role: Role;
  lookingOnly: boolean;
  /** The group of the sign-on that gave it; null: a person, or the set-up. */
  issuerGroup: string | null;
  grantedAt: Date;
  grantedBy: string | null;
  /** Who narrowed it in a review to looking, which is what is left. */
  leftBy: string | null;
  revokedAt: Date | null;
  revokedBy: string | null;
};

/** Every role that somebody holds or held, the newest first: 50 at most. */
export function readGrants(db: Reader, staffId: string): Promise<RoleGrant[]> {
  const giver = alias(staff, "giver");
  const taker = alias(staff, "taker");
  return db
    .select({
      id: staffRoles.id,
      role: staffRoles.role,
      lookingOnly: staffRoles.lookingOnly,
      issuerGroup: staffRoles.issuerGroup,
      grantedAt: staffRoles.grantedAt,
      grantedBy: giver.name,
      leftBy: sql<
        string | null
      >`case when entry_says(${staffRoles.grantedEntryId}, 'review_decision') is not null
        then entry_says(${staffRoles.grantedEntryId}, 'by') end`,
      revokedAt: staffRoles.revokedAt,
      revokedBy: taker.name,
    })
    .from(staffRoles)
    .leftJoin(giver, eq(giver.id, staffRoles.grantedBy))
    .leftJoin(taker, eq(taker.id, staffRoles.revokedBy))
    .where(eq(staffRoles.staffId, staffId))
    .orderBy(sql`${staffRoles.revokedAt} is null desc`, sql`${staffRoles.grantedAt} desc`)
    .limit(50);
}

function holding(q: string): SQL | undefined {
  const text = plainText(q)
    .toLowerCase()
    .replaceAll(/[\\%_]/g, "\\$&");
  if (text === "") return undefined;
  const pattern = `%${text}%`;
  return or(sql`lower(${staff.name}) like ${pattern}`, sql`lower(${staff.email}) like ${pattern}`);
}

const having = (role: Role | undefined): SQL | undefined =>
  role &&
  sql`exists (select 1 from ${staffRoles} r where r.staff_id = ${staff.id} and r.role = ${role} and r.revoked_at is null)`;

const writeCursor = (person: Person | undefined): string | null =>
  person ? writeNameCursor(person) : null;
