import { and, eq, isNull, or, sql } from "drizzle-orm";
import { staff, staffSignIns } from "#db/schema/staff.ts";
import { recordAudit } from "#lib/audit/record.ts";
import { transact } from "#lib/audit/transact.ts";
import type { AnonymousActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { type Result, refuse } from "#lib/kernel/result.ts";
import { spendToken } from "#lib/limits/spend-token.ts";
import { awaitSignIns } from "./logged-out.ts";

/** What a verified logout token says: the issuer's session, the person, or both. */
export type Logout = {
  issuer: string;
  jti: string;
  sid: string | null;
  subject: string | null;
  /** When the issuer said so, by its clock. */
  issuedAt: Date;
  /** Until when the token could be presented again. */
  goodUntil: Date;
};

/**
 * Ends the sign-ins that the issuer ended: of the session that it names and, where it names the person too, theirs of
 * which no session is known; all of the person's where it names no session. Their live sessions are
 * over from then on; `lib/impersonation/sign-out.ts` closes them. A sign-in of it that is under way is refused
 * (`logged-out.ts`). Refuses with `used` when it was presented before.
 */
export const endByIssuer = (
  ctx: Ctx<AnonymousActor>,
  { issuer, jti, sid, subject, issuedAt, goodUntil }: Logout,
): Promise<Result<{ signInIds: string[] }>> =>
  transact(ctx, { event: "sign_in.end_refused" }, async (tx) => {
    const ended = { sid, subject, issuedAt };
    if (!(await spendToken(tx, { issuer, jti, goodUntil, ended })))
      refuse("used", "This logout token was presented before.");
    await awaitSignIns(tx, issuer);
    const open = and(eq(staffSignIns.issuer, issuer), isNull(staffSignIns.endedAt));
    const over = await tx
      .update(staffSignIns)
      .set({ endedAt: sql`clock_timestamp()`, endCause: "issuer" })
      .where(
        and(
          open,
          // One of which we were told no session may well be of this one.
          sid === null
            ? undefined
            : or(
                eq(staffSignIns.sid, sid),
                subject === null ? undefined : isNull(staffSignIns.sid),
              ),
          subject === null ? undefined : eq(staffSignIns.subject, subject),
        ),
      )
      .returning({ id: staffSignIns.id, staffId: staffSignIns.staffId });
    for (const { id, staffId } of over) {
      const [person] = await tx
        .select({ name: staff.name })
        .from(staff)
        .where(eq(staff.id, staffId));
      const by: Ctx = { ...ctx, actor: { kind: "system", part: "sign_in" } };
      await recordAudit(tx, by, {
        event: "sign_in.ended",
        actorId: staffId,
        body: {
          what: `${person?.name} was signed out by ${issuer}`,
          sign_in: id,
          cause: "issuer",
        },
      });
    }
    return { signInIds: over.map(({ id }) => id) };
  });
