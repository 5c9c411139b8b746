import { eq, sql } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import { reviewDecisions } from "#db/schema/reviews.ts";
import { staffSignIns } from "#db/schema/staff.ts";
import { entryRow, writeEntries } from "#lib/audit/record.ts";
import { transact } from "#lib/audit/transact.ts";
import { endLiveOf } from "#lib/impersonation/end-live-of.ts";
import { has, type StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { newId } from "#lib/kernel/ids.ts";
import { type Result, refuse } from "#lib/kernel/result.ts";
import { may } from "#lib/staff/rights.ts";
import type { Attestation } from "#lib/vocabulary.ts";
import { conflictWith } from "./conflict.ts";
import { holdItems, holdPeople } from "./hold.ts";
import { aboutItem, factsOf, lockItem } from "./item.ts";
import { conflictWords, decisionRefusal, decisionWords, noConflict } from "./item-rules.ts";
import type { DecideInput, DecideManyInput } from "./item-schemas.ts";
import { prove } from "./prove.ts";
import { takeRight } from "./revoke.ts";
import { warnOfRush } from "./rushed.ts";

export type ItemDecided = {
  itemId: string;
  number: number;
  slug: string;
  name: string;
  decision: Attestation;
};

/**
 * A reviewer keeps, changes or revokes one right, and says why. What is taken is taken in the same transaction; then
 * live sessions end, and the access is tried. Refuses with `not_allowed`, `not_found` (not their item), `ended` (closed,
 * or the right had ended before), `already_decided` (it was carried out), `conflict`, or `invalid`.
 */
export async function decideItem(
  ctx: Ctx<StaffActor>,
  input: DecideInput,
): Promise<Result<ItemDecided>> {
  const { itemId, ...said } = input;
  const result = await transact(
    ctx,
    { event: "review.refused", body: { item_id: itemId, decision: said.decision } },
    async (tx) => {
      const decided = await decideIn(tx, ctx, itemId, said, false);
      await warnOfRush(tx, ctx);
      return decided;
    },
  );
  if (result.ok) await followUp(ctx, [result.value]);
  return result.ok ? { ok: true, value: result.value.decided } : result;
}

/** Several at once, by one sentence: none of them privileged, a decision and an entry for each. All or none. */
export async function decideItems(
  ctx: Ctx<StaffActor>,
  input: DecideManyInput,
): Promise<Result<{ slug: string; count: number }>> {
  const { items, ...said } = input;
  const result = await transact(
    ctx,
    { event: "review.refused", body: { items, decision: said.decision, in_bulk: true } },
    async (tx) => {
      const done: Done[] = [];
      await holdItems(tx, items);
      await holdPeople(tx, items, [ctx.actor.id]);
      for (const id of items.toSorted()) done.push(await decideIn(tx, ctx, id, said, true));
      await warnOfRush(tx, ctx);
      return done;
    },
  );
  if (!result.ok) return result;
  await followUp(ctx, result.value);
  const slug = result.value[0]?.decided.slug ?? "";
  return { ok: true, value: { slug, count: result.value.length } };
}

type Said = { decision: Attestation; justification: string };
type Done = { decided: ItemDecided; personId: string };

async function decideIn(
  tx: Transaction,
  ctx: Ctx<StaffActor>,
  itemId: string,
  { decision, justification }: Said,
  inBulk: boolean,
): Promise<Done> {
  const decidedAs = has(ctx.actor, "manager") ? "manager" : "compliance";
  if (!may(ctx.actor, "attest") && !may(ctx.actor, "run_reviews"))
    refuse("not_allowed", "Only managers, or compliance in their place, decide.");
  const item = await lockItem(tx, itemId);
  if (item?.reviewerId !== ctx.actor.id) refuse("not_found", "Nothing here that you may decide.");
  const conflict = await conflictWith(tx, ctx.actor, item);
  if (conflict) refuse("not_allowed", conflictWords(conflict, item.name));
  const refusal = decisionRefusal(factsOf(item), decision, inBulk);
  if (refusal) refuse(refusal.code, refusal.message);

  const id = newId();
  const entryId = newId();
  const conflictCheck = noConflict(ctx.actor.name, item.name);
  const signIn = await signInOf(tx, ctx.actor.signInId);
  const [stored] = await tx
    .insert(reviewDecisions)
    .values({
      ...{ id, itemId, decision, justification, decidedBy: ctx.actor.id, decidedAs },
      ...{ signInHow: signIn?.how, signInAge: signIn?.age, conflictCheck, inBulk, entryId },
    })
    .returning({
      seconds: reviewDecisions.seconds,
      sampleOpened: reviewDecisions.sampleOpened,
      sampleSize: reviewDecisions.sampleSize,
    });
  if (!stored) throw new Error("The decision was not stored");
  const entry = entryRow(ctx, {
    event: "review.decided",
    body: {
      ...aboutItem(item),
      what: `${decisionWords[decision]}: ${item.name}, ${item.role}. “${justification}”`,
      review_decision: id,
      decision,
      justification,
      decided_as: decidedAs,
      conflict_check: conflictCheck,
      sign_in_how: signIn?.how,
      sign_in_age: signIn?.age,
      in_bulk: inBulk,
      seconds: stored.seconds,
      sample_opened: stored.sampleOpened,
      sample_size: stored.sampleSize,
    },
  });
  await writeEntries(tx, [{ ...entry, id: entryId }]);
  if (decision !== "keep") await takeRight(tx, ctx, item, { id, decision, entryId });
  const { number, name } = item;
  return {
    decided: { itemId, number, slug: item.campaign.slug, name, decision },
    personId: item.personId,
  };
}

async function signInOf(tx: Transaction, signInId: string) {
  const [row] = await tx
    .select({
      how: staffSignIns.how,
      age: sql<number>`greatest(0, extract(epoch from clock_timestamp() - ${staffSignIns.authTime}))::integer`,
    })
    .from(staffSignIns)
    .where(eq(staffSignIns.id, signInId));
  return row;
}

/**
 * After the commit: the right is gone, and what rests on it is over. An ending or a proof that fails here is left to the
 * worker, who ends what is due and proves what is not proved.
 */
async function followUp(ctx: Ctx, done: readonly Done[]): Promise<void> {
  for (const { decided, personId } of done) {
    if (decided.decision === "keep") continue;
    await endLiveOf(ctx, personId).catch(() => {});
    await prove(ctx, decided.itemId).catch(() => {});
  }
}
