import { staffSignIns } from "#db/schema/staff.ts";
import { recordAudit } from "#lib/audit/record.ts";
import { transact } from "#lib/audit/transact.ts";
import type { AnonymousActor, StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { newId } from "#lib/kernel/ids.ts";
import { type Result, refuse } from "#lib/kernel/result.ts";
import { limited } from "#lib/limits/limited.ts";
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
  if (person && person.status === "active") {
    const known = { ...ctx, actor: actorOf(person, signInId) };
    const often = await limited(known, "sign_in_of_person", person.id);
    if (often) return { ok: false, error: { ...often, detail: { why: "too_often" } } };
  }
  return transact(asker, ifRefused, async (tx) => {
    if (!person) refuse("not_found", "Nobody here goes by that.");
    if (person.status === "deactivated")
      refuse("not_allowed", "You are deactivated. Ask your manager.", {
        detail: { why: "deactivated" },
      });
    if (person.roles.length === 0)
      refuse("not_allowed", "You hold no role any more. Ask your manager.", {
        detail: { why: "no_role" },
      });
    await tx.insert(staffSignIns).values({ id: signInId, staffId: person.id });
    await recordAudit(
      tx,
      { ...ctx, actor: actorOf(person, signInId) },
      {
        event: "sign_in.started",
        body: { what: `${person.name} signed in`, how: input.how, sign_in: signInId },
      },
    );
    return { signInId };
  });
}

/** The actor that a member of staff is while signed in. */
export const actorOf = (person: StaffMember, signInId: string): StaffActor => ({
  kind: "staff",
  id: person.id,
  name: person.name,
  email: person.email,
  roles: person.roles,
  team: person.team,
  zone: person.zone,
  signInId,
});
