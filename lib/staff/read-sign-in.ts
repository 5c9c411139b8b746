import { and, eq, isNull, sql } from "drizzle-orm";
import type { Reader } from "#db/client.ts";
import { preparedSelect } from "#db/prepared.ts";
import { sessions } from "#db/schema/impersonation.ts";
import { staff, staffSignIns } from "#db/schema/staff.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import { heldRoles, personColumns, rolesIn } from "./queries.ts";
import { type SignInRefusal, signInRefusal } from "./rules.ts";
import { actorOf } from "./sign-in.ts";

export type SignInRead =
  | { ok: true; actor: StaffActor }
  | {
      ok: false;
      why: SignInRefusal;
      /** Who it was, where the row is known: a refusal's entry names them. */
      staffId: string | null;
      name: string | null;
    };

// Work in a product is use too, and is noted on the session, live or ended.
const lastActiveAt = sql<string>`greatest(${staffSignIns.lastActiveAt}, (select max(s.last_active_at)
  from ${sessions} s where s.sign_in_id = ${staffSignIns.id} and s.actor_id = ${staffSignIns.staffId}
    and s.started_at >= ${staffSignIns.createdAt}))`;

const select = preparedSelect(
  "sign_in",
  {
    ...personColumns,
    // A prepared select maps nothing by itself.
    roles: sql<string[]>`${heldRoles(staff.id)}`,
    createdAt: staffSignIns.createdAt,
    authTime: staffSignIns.authTime,
    authSaid: staffSignIns.authSaid,
    acr: staffSignIns.acr,
    lastActiveAt,
    endedAt: staffSignIns.endedAt,
    endCause: staffSignIns.endCause,
    now: sql<string>`clock_timestamp()`,
  },
  (builder, columns) =>
    builder
      .select(columns)
      .from(staffSignIns)
      .innerJoin(staff, eq(staff.id, staffSignIns.staffId))
      .where(eq(staffSignIns.id, sql.placeholder("id"))),
);

/**
 * Who is signed in by this id, read anew on each request, so that a deactivated or demoted person loses everything
 * at the next one. `activity`: whether the request is something the person did (not a poll, stream or prefetch).
 */
export async function readSignIn(
  db: Reader,
  signInId: string,
  activity: boolean,
): Promise<SignInRead> {
  const [read] = await select(db, { id: signInId });
  const row = read && {
    ...read,
    roles: rolesIn(read.roles),
    lastActiveAt: new Date(read.lastActiveAt),
    now: new Date(read.now),
  };
  if (!row) return { ok: false, why: "unknown", staffId: null, name: null };
  const why = signInRefusal(row, row.now);
  if (why) return { ok: false, why, staffId: row.id, name: row.name };
  if (activity && row.now.getTime() - row.lastActiveAt.getTime() > 60_000)
    await touch(db, signInId);
  const { authTime, authSaid, acr } = row;
  const proof = { authTime: authSaid ? authTime : null, acr };
  return { ok: true, actor: actorOf({ ...row, managerName: null }, signInId, proof) };
}

const touch = (db: Reader, signInId: string) =>
  db
    .update(staffSignIns)
    .set({ lastActiveAt: sql`clock_timestamp()` })
    .where(and(eq(staffSignIns.id, signInId), isNull(staffSignIns.endedAt)));
