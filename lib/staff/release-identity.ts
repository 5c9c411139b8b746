import { and, eq, isNull, sql } from "drizzle-orm";
import { staffIdentities } from "#db/schema/sign-in.ts";
import { staff, staffSignIns } from "#db/schema/staff.ts";
import { recordAudit } from "#lib/audit/record.ts";
import { transact } from "#lib/audit/transact.ts";
import type { SystemActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { type Result, refuse } from "#lib/kernel/result.ts";

/**
 * Lets somebody's next sign-in bind anew, when the issuer knows them by another subject, and ends those that they are
 * in: whoever has the old account may not be them any more. By whoever owns the database only: it decides who a person
 * is. Gives how many bindings there were, and the sign-ins that ended. Refuses with `not_found`.
 */
export const releaseIdentity = (
  ctx: Ctx<SystemActor>,
  email: string,
): Promise<Result<{ name: string; released: number; signInIds: string[] }>> =>
  transact(ctx, { event: "settings.refused", body: { email } }, async (tx) => {
    const [person] = await tx
      .select({ id: staff.id, name: staff.name })
      .from(staff)
      .where(sql`lower(${staff.email}) = lower(${email})`)
      .for("no key update");
    if (!person) refuse("not_found", `Nobody on the staff has the e-mail ${email}.`);
    const released = await tx
      .update(staffIdentities)
      .set({ releasedAt: sql`clock_timestamp()` })
      .where(and(eq(staffIdentities.staffId, person.id), isNull(staffIdentities.releasedAt)))
      .returning({ issuer: staffIdentities.issuer, subject: staffIdentities.subject });
    for (const { issuer, subject } of released)
      await recordAudit(tx, ctx, {
        event: "identity.released",
        actorId: person.id,
        body: { what: `Released ${person.name} from their account at ${issuer}`, issuer, subject },
      });
    const ended = await tx
      .update(staffSignIns)
      .set({ endedAt: sql`clock_timestamp()`, endCause: "released" })
      .where(and(eq(staffSignIns.staffId, person.id), isNull(staffSignIns.endedAt)))
      .returning({ id: staffSignIns.id });
    for (const { id } of ended)
      await recordAudit(tx, ctx, {
        event: "sign_in.ended",
        actorId: person.id,
        body: { what: `${person.name} was signed out`, sign_in: id, cause: "released" },
      });
    return { name: person.name, released: released.length, signInIds: ended.map(({ id }) => id) };
  });
