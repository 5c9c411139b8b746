import { eq } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import { staff, staffSignIns } from "#db/schema/staff.ts";
import { recordAudit } from "#lib/audit/record.ts";
import { transact } from "#lib/audit/transact.ts";
import type { AnonymousActor, StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { newId } from "#lib/kernel/ids.ts";
import { type Refusal, type Result, refuse } from "#lib/kernel/result.ts";
import { limited } from "#lib/limits/limited.ts";
import type { SignInWay } from "#lib/vocabulary.ts";
import { readStaff, type StaffMember } from "./queries.ts";

export type SignInInput = { staffId: string; how: "persona" };

/**
 * Begins a sign-in of somebody whose identity was just proved. Refuses with `not_found`, or `not_allowed` (with
 * `detail.why`: `deactivated` or `no_role`), or `too_often`; who is known by then is named in the entry of the refusal.
 */
export async function signIn(
  ctx: Ctx<AnonymousActor>,
  input: SignInInput,
): Promise<Result<{ signInId: string }>> {
  const person = await readStaff(ctx.db, input.staffId);
  const asker: Ctx = person ? { ...ctx, actor: { kind: "system", part: "sign_in" } } : ctx;
  const ifRefused = {
    event: "sign_in.refused" as const,
    actorId: person?.id ?? null,
    body: { how: input.how, name: person?.name ?? null },
  };
  const signInId = newId();
  const often = person && (await refuseTooOften(ctx, person, signInId));
  if (often) return { ok: false, error: often };
  return transact(asker, ifRefused, async (tx) => {
    const now = await letIn(tx, input.staffId);
    return { signInId: await beginSignIn(tx, ctx, now, { id: signInId, how: input.how }) };
  });
}

/** Why somebody signs in too often, or null: their name is on record, nobody else's sign-in is touched. */
export async function refuseTooOften(
  ctx: Ctx<AnonymousActor>,
  person: StaffMember,
  signInId: string,
): Promise<Refusal | null> {
  if (person.status !== "active") return null;
  const known = { ...ctx, actor: actorOf(person, signInId) };
  const often = await limited(known, "sign_in_of_person", person.id);
  return often && { ...often, detail: { why: "too_often" } };
}

/**
 * Who is coming in, as they are now. Held until the sign-in is there, so that whoever deactivates them meanwhile ends it
 * too. Refuses who may not come in, whoever they proved to be.
 */
export async function letIn(tx: Transaction, staffId: string): Promise<StaffMember> {
  await tx.select({ id: staff.id }).from(staff).where(eq(staff.id, staffId)).for("share");
  const person = await readStaff(tx, staffId);
  if (!person) refuse("not_found", "Nobody here goes by that.");
  if (person.status === "deactivated")
    refuse("not_allowed", "You are deactivated. Ask your manager.", {
      detail: { why: "deactivated" },
    });
  if (person.roles.length === 0)
    refuse("not_allowed", "You hold no role any more. Ask your manager.", {
      detail: { why: "no_role" },
    });
  return person;
}

type SignInRow = { how: SignInWay } & Partial<
  Pick<
    typeof staffSignIns.$inferInsert,
    "id" | "authTime" | "authSaid" | "acr" | "issuer" | "subject" | "sid" | "idToken"
  >
>;

/** The row of a sign-in and its entry; gives its id. */
export async function beginSignIn(
  tx: Transaction,
  ctx: Ctx,
  person: StaffMember,
  row: SignInRow,
): Promise<string> {
  const signInId = row.id ?? newId();
  const { ip, userAgent } = ctx;
  await tx.insert(staffSignIns).values({ ...row, id: signInId, staffId: person.id, ip, userAgent });
  await recordAudit(
    tx,
    { ...ctx, actor: actorOf(person, signInId) },
    {
      event: "sign_in.started",
      body: {
        what: `${person.name} signed in`,
        how: row.how,
        sign_in: signInId,
        issuer: row.issuer ?? undefined,
        auth_time: row.authTime?.toISOString(),
        acr: row.acr ?? undefined,
      },
    },
  );
  return signInId;
}

/** The actor that a member of staff is while signed in. */
export const actorOf = (
  person: StaffMember,
  signInId: string,
  proof: Pick<StaffActor, "authTime" | "acr"> = { authTime: null, acr: null },
): StaffActor => ({
  kind: "staff",
  id: person.id,
  name: person.name,
  email: person.email,
  roles: person.roles,
  team: person.team,
  zone: person.zone,
  signInId,
  authTime: proof.authTime,
  acr: proof.acr,
  lookingOnly: person.lookingOnly,
});
