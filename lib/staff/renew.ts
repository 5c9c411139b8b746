import { eq, sql } from "drizzle-orm";
import { clock, type Transaction } from "#db/client.ts";
import { staffSignIns } from "#db/schema/staff.ts";
import { recordAudit } from "#lib/audit/record.ts";
import { transact } from "#lib/audit/transact.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { type Result, refuse } from "#lib/kernel/result.ts";
import { acrRefusal, provedSince } from "./fresh-rules.ts";
import { refuseLoggedOut } from "./logged-out.ts";

/** What the issuer said of whom it asked anew, after its token was verified; times as it says them, in seconds. */
export type RenewedProof = {
  issuer: string;
  subject: string;
  sid: string | null;
  authTime: number | null;
  issuedAt: number;
  acr: string | null;
};

/** When the person was sent to prove who they are, and how the policy wants it. */
export type Begun = { at: Date; acr: string | null };

/**
 * Moves forward when the actor last proved who they are, in the sign-in that they have: what hangs on it goes on. The
 * issuer must have asked the same person after `begun.at` and say so, as strong as wanted. Refuses with `not_allowed` and
 * `detail.why`: `ended`, `other_person`, `unsaid`, `old`, `acr_unsaid`, `acr`, `logged_out`.
 */
export const renewByIssuer = (
  ctx: Ctx<StaffActor>,
  proof: RenewedProof,
  begun: Begun,
): Promise<Result<{ signInId: string }>> =>
  transact(ctx, refused(ctx, "issuer"), async (tx) => {
    const row = await lockSignIn(tx, ctx.actor.signInId);
    const { issuer, subject, sid, acr } = proof;
    if (row.issuer !== issuer || row.subject !== subject)
      no("other_person", "Somebody else signed in there than is signed in here.");
    if (proof.authTime === null)
      no("unsaid", "The issuer did not say when it asked who this person is.");
    const { authTime: seconds, issuedAt } = proof;
    const now = await clock(tx);
    if (!provedSince({ authTime: seconds, issuedAt }, begun.at, now))
      no("old", "The issuer did not ask anew who this person is.");
    const weak = begun.acr === null ? null : acrRefusal(acr, begun.acr);
    if (weak) no(weak, "The issuer did not ask as the policy wants it.");
    const authTime = new Date(seconds * 1000);
    await refuseLoggedOut(tx, { issuer, subject, sid, authTime });
    return renewed(tx, ctx, { authTime, acr, sid: sid ?? row.sid });
  });

/** The same for somebody of the demo, who proves nothing but that they are there. */
export const renewAsPersona = (ctx: Ctx<StaffActor>): Promise<Result<{ signInId: string }>> =>
  transact(ctx, refused(ctx, "persona"), async (tx) => {
    const row = await lockSignIn(tx, ctx.actor.signInId);
    if (row.how !== "persona") no("other_person", "This sign-in is by the company’s issuer.");
    return renewed(tx, ctx, { authTime: await clock(tx), acr: null, sid: null });
  });

const refused = ({ actor }: Ctx<StaffActor>, how: string) => ({
  event: "sign_in.refused" as const,
  body: { how, again: true, sign_in: actor.signInId, name: actor.name },
});

function no(why: string, message: string): never {
  refuse("not_allowed", message, { detail: { why } });
}

async function lockSignIn(tx: Transaction, id: string) {
  const { how, issuer, subject, sid, endedAt } = staffSignIns;
  const [row] = await tx
    .select({ how, issuer, subject, sid, endedAt })
    .from(staffSignIns)
    .where(eq(staffSignIns.id, id))
    .for("no key update");
  if (!row || row.endedAt) return no("ended", "This sign-in is over.");
  return row;
}

async function renewed(
  tx: Transaction,
  ctx: Ctx<StaffActor>,
  proved: { authTime: Date; acr: string | null; sid: string | null },
): Promise<{ signInId: string }> {
  const { name, signInId } = ctx.actor;
  const { authTime, acr } = proved;
  const renewedEntryId = await recordAudit(tx, ctx, {
    event: "sign_in.renewed",
    body: {
      what: `${name} proved anew who they are`,
      sign_in: signInId,
      auth_time: authTime.toISOString(),
      acr: acr ?? undefined,
    },
  });
  await tx
    .update(staffSignIns)
    .set({ ...proved, authSaid: true, renewedEntryId, lastActiveAt: sql`clock_timestamp()` })
    .where(eq(staffSignIns.id, signInId));
  return { signInId };
}
