import { type SQL, sql } from "drizzle-orm";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { type SignInEnd, signInEnds } from "#lib/vocabulary.ts";

/** What ends by time alone does not cut off a file that is longer than a sign-in: who takes it asked for it while it lasted. */
const byTime: readonly SignInEnd[] = ["idle", "expired"];
const byHand = signInEnds.filter((cause) => !byTime.includes(cause));

/** Whether a person may still take evidence out: they hold compliance, and nobody ended the sign-in in which they asked. */
export const accessLasts = (person: SQL, signIn: SQL): SQL<boolean> => sql<boolean>`(
  exists (select 1 from roles_held h where h.staff_id = ${person} and h.role = 'compliance')
  and not exists (select 1 from staff_sign_ins i where i.id = ${signIn} and i.end_cause in (${sql.join(
    byHand.map((cause) => sql`${cause}`),
    sql`, `,
  )})))`;

/** The same of who is reading now. */
export async function mayStillTake({ actor, db }: Ctx<StaffActor>): Promise<boolean> {
  const { rows } = await db.execute<{ lasts: boolean }>(
    sql`select ${accessLasts(sql`${actor.id}::uuid`, sql`${actor.signInId}::uuid`)} as lasts`,
  );
  return rows[0]?.lasts ?? false;
}
