import { eq } from "drizzle-orm";
import type { Reader, Transaction } from "#db/client.ts";
import { campaigns } from "#db/schema/reviews.ts";
import { type IfRefused, transact } from "#lib/audit/transact.ts";
import { endLiveOf } from "#lib/impersonation/end-live-of.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { type Result, refuse } from "#lib/kernel/result.ts";
import { currentPolicy } from "#lib/policy/policy.ts";
import { readUndecided, refusalBefore, type Unsettled } from "./before-closing.ts";
import { answering, exceptAll } from "./except.ts";
import { holdPeople } from "./hold.ts";
import { prove } from "./prove.ts";
import { revokeByPolicy } from "./revoke.ts";

type Form = { campaignId: string; ownerEmail: string; expiresOn: string };

/** What becomes of the undecided items when this review is closed: by policy, but never without an admin. */
export async function undecidedByFate(
  db: Reader,
  campaignId: string,
): Promise<{ revoked: Unsettled[]; excepted: Unsettled[] }> {
  const undecided = await readUndecided(db, campaignId);
  const { reviews } = await currentPolicy(db);
  const isExcepted = (item: Unsettled) => reviews.undecided === "exception" || item.needsAdmin;
  return {
    revoked: undecided.filter((item) => !isExcepted(item)),
    excepted: undecided.filter(isExcepted),
  };
}

/**
 * Revokes by policy, all of it in one transaction or nothing, once it is sure that the rest can be excepted as the form
 * says; then live sessions end, and the access is tried.
 */
export async function revokeUndecided(
  ctx: Ctx<StaffActor>,
  ifRefused: IfRefused,
  form: Form,
): Promise<Result<null>> {
  const result = await transact(ctx, ifRefused, async (tx) => {
    await tx
      .select({ id: campaigns.id })
      .from(campaigns)
      .where(eq(campaigns.id, form.campaignId))
      .for("update");
    const refusal = await refusalBefore({ ...ctx, db: tx }, form.campaignId);
    if (refusal) refuse(refusal.code, refusal.message);
    const { revoked, excepted } = await undecidedByFate(tx, form.campaignId);
    await mayExcept(tx, ctx, form, excepted);
    await holdPeople(
      tx,
      revoked.map(({ id }) => id),
    );
    for (const { id } of revoked) await revokeByPolicy(tx, ctx, id);
    return revoked;
  });
  if (!result.ok) return result;
  for (const { id, staffId } of result.value) {
    await endLiveOf(ctx, staffId).catch(() => {});
    await prove(ctx, id).catch(() => {});
  }
  return { ok: true, value: null };
}

/** Excepts by rule, in the transaction of the closing, what is left undecided. */
export async function exceptUndecided(
  tx: Transaction,
  ctx: Ctx<StaffActor>,
  form: Form,
): Promise<void> {
  const { excepted } = await undecidedByFate(tx, form.campaignId);
  const answers = await mayExcept(tx, ctx, form, excepted);
  if (!answers) return;
  const { reviews } = await currentPolicy(tx);
  const reason =
    reviews.undecided === "exception"
      ? "Nobody decided it before the review was closed; the policy says exception."
      : "Nobody decided it before the review was closed, and taking it might leave no admin.";
  const [campaign] = await tx
    .select({ slug: campaigns.slug })
    .from(campaigns)
    .where(eq(campaigns.id, form.campaignId));
  if (!campaign) refuse("not_found", "There is no such review.");
  const items = excepted.map(({ id, number, staffId, name, role }) => ({
    ...{ item_id: id, campaign: campaign.slug, number, person: staffId, name, role },
  }));
  await exceptAll(tx, ctx, items, "rule", { ...answers, reason });
}

/** Who answers for these, and until when, as the form says; null where there is nothing to except. */
export async function mayExcept(
  tx: Transaction,
  ctx: Ctx<StaffActor>,
  { campaignId, ownerEmail, expiresOn }: Form,
  excepted: readonly Unsettled[],
): Promise<{ ownerId: string; expiresOn: string } | null> {
  if (excepted.length === 0) return null;
  if (!ownerEmail || !expiresOn)
    refuse("invalid", "Say who answers for what nobody decided, and until when.", {
      fields: {
        ...(ownerEmail ? {} : { ownerEmail: "Give the e-mail of who answers for it." }),
        ...(expiresOn ? {} : { expiresOn: "Give the day on which the exception is over." }),
      },
    });
  const others = [ctx.actor.id, ...excepted.map(({ staffId }) => staffId)];
  const form = { ownerEmail, expiresOn };
  return { ownerId: await answering(tx, campaignId, form, others), expiresOn };
}
