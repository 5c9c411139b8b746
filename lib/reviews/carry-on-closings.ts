import { and, eq, isNull } from "drizzle-orm";
import { type Transaction, transaction } from "#db/client.ts";
import { reviewClosings } from "#db/schema/reviews.ts";
import { recordAudit } from "#lib/audit/record.ts";
import { endLiveOf } from "#lib/impersonation/end-live-of.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { refusalOf } from "#lib/kernel/database-refusals.ts";
import { newId } from "#lib/kernel/ids.ts";
import { ok, type Refusal, type Result, refuse } from "#lib/kernel/result.ts";
import { currentPolicy } from "#lib/policy/policy.ts";
import { readStaff } from "#lib/staff/queries.ts";
import { actorOf } from "#lib/staff/sign-in.ts";
import { closerRefusal, ownUndecided, readToTake, type Unsettled } from "./before-closing.ts";
import { closeIn } from "./close-campaign.ts";
import { type Closing, readClosingsUnderWay } from "./closing.ts";
import { holdItems, holdPeople } from "./hold.ts";
import { prove } from "./prove.ts";
import { revokeByPolicy } from "./revoke.ts";

/** Whose rights are held still while they are taken: nobody waits for more than these. */
const together = 10;
/** For how long one round is about closings; the next goes on. */
const roundMs = 5_000;

/**
 * Carries on what compliance asked to close: takes what nobody decided, some rights in each transaction, and tries each
 * after it; when all is settled, the review is closed by whoever asked for it. A worker that is gone in the middle has left
 * whole rights taken, and the next one goes on. Whatever keeps the closer from closing by now stops it, on record. A part
 * of the worker's round; gives how many were closed. @throws the first failure, after the rest.
 */
export async function carryOnClosings(ctx: Ctx, ms = roundMs): Promise<number> {
  const failures: unknown[] = [];
  let closed = 0;
  for (const closing of await readClosingsUnderWay(ctx.db))
    await carryOn(ctx, closing, performance.now() + ms).then(
      (isClosed) => (closed += Number(isClosed)),
      (error: unknown) => failures.push(error),
    );
  if (failures.length > 0) throw failures[0];
  return closed;
}

async function carryOn(ctx: Ctx, closing: Closing, until: number): Promise<boolean> {
  const closer = await readStaff(ctx.db, closing.closerId);
  if (!closer) throw new Error("A closing of nobody");
  const as: Ctx<StaffActor> = { ...ctx, actor: actorOf(closer, newId()) };
  let taken: Result<Unsettled[]>;
  do {
    taken = await inOne(ctx, (tx) => takeSome(tx, as, closing));
    if (!taken.ok) return stop(ctx, closing, taken.error);
    for (const { id, staffId } of taken.value) {
      await endLiveOf(ctx, staffId).catch(() => {});
      await prove(ctx, id).catch(() => {});
    }
    if (taken.value.length === 0) {
      const done = await inOne(ctx, (tx) => finish(tx, as, closing));
      return done.ok ? done.value : stop(ctx, closing, done.error);
    }
  } while (performance.now() < until);
  return false;
}

/** Takes some of what nobody decided, as the policy says; nothing where somebody else has stopped or closed it. */
async function takeSome(
  tx: Transaction,
  ctx: Ctx<StaffActor>,
  closing: Closing,
): Promise<Unsettled[]> {
  if (!(await hold(tx, closing.id))) return [];
  if ((await policyAsSigned(tx, closing)) === "exception") return [];
  const refusal = await closerRefusal({ ...ctx, db: tx }, closing.campaignId, closing.id);
  if (refusal) refuse(refusal.code, refusal.message);
  const items = await readToTake(tx, closing.campaignId, together);
  const own = await ownUndecided(tx, items, ctx.actor);
  if (own) refuse("not_allowed", own.message);
  const ids = items.map((item) => item.id);
  await holdItems(tx, ids);
  await holdPeople(tx, ids);
  for (const id of ids) await revokeByPolicy(tx, ctx, id);
  return items;
}

async function finish(tx: Transaction, ctx: Ctx<StaffActor>, closing: Closing): Promise<boolean> {
  if (!(await hold(tx, closing.id))) return false;
  await policyAsSigned(tx, closing);
  const { id, campaignId, statement, entryId } = closing;
  const form = { ownerEmail: closing.ownerEmail ?? "", expiresOn: closing.expiresOn ?? "" };
  await closeIn(tx, ctx, { campaignId, statement, ...form }, { id, entryId });
  return true;
}

/** What becomes of the undecided by the policy of the signing; refuses where there is another by now. */
async function policyAsSigned(tx: Transaction, { policy }: Closing) {
  const { reviews, version } = await currentPolicy(tx);
  if (String(version) !== policy)
    refuse("policy_changed", "The policy is another than when it was signed.");
  return reviews.undecided;
}

/** Holds a closing, so that one worker carries it on at a time; false where it is over. */
async function hold(tx: Transaction, id: string): Promise<boolean> {
  const [row] = await tx
    .select({ id: reviewClosings.id })
    .from(reviewClosings)
    .where(and(eq(reviewClosings.id, id), isNull(reviewClosings.stoppedAt)))
    .for("update");
  return row !== undefined;
}

/** What is in the way for a while is waited for: a lock, or what was taken and is not proved gone yet. */
const passes = ({ code }: Refusal): boolean => code === "conflict" || code === "ended";

async function stop(ctx: Ctx, { id, campaignId }: Closing, refusal: Refusal): Promise<false> {
  if (passes(refusal)) return false;
  const why = Object.values(refusal.fields ?? {}).join(" ") || refusal.message;
  await transaction(ctx.db, async (tx) => {
    if (!(await hold(tx, id))) return;
    const stoppedEntryId = await recordAudit(tx, ctx, {
      event: "review.refused",
      body: {
        what: `The closing that was under way stopped: ${why}`,
        campaign_id: campaignId,
        closing: id,
        refused: refusal.code,
      },
    });
    await tx
      .update(reviewClosings)
      .set({ stoppedAt: new Date(), stoppedWhy: why, stoppedEntryId })
      .where(eq(reviewClosings.id, id));
  });
  return false;
}

/** Without an entry of a refusal each round, while something is waited for. */
async function inOne<T>(ctx: Ctx, run: (tx: Transaction) => Promise<T>): Promise<Result<T>> {
  try {
    return ok(await transaction(ctx.db, run));
  } catch (error) {
    const refusal = refusalOf(error);
    if (!refusal) throw error;
    return { ok: false, error: refusal };
  }
}
