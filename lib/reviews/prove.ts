import { and, asc, eq, isNull, lt, ne, or, sql } from "drizzle-orm";
import { type Database, type Transaction, transaction } from "#db/client.ts";
import { campaigns, reviewItems, reviewRemediations } from "#db/schema/reviews.ts";
import { staffSignIns } from "#db/schema/staff.ts";
import { recordAudit } from "#lib/audit/record.ts";
import { endLiveOf } from "#lib/impersonation/end-live-of.ts";
import { has, type StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { newId } from "#lib/kernel/ids.ts";
import { readStaff } from "#lib/staff/queries.ts";
import { actorOf } from "#lib/staff/sign-in.ts";
import type { remediationResults } from "#lib/vocabulary.ts";
import type { Tried } from "./attempt.ts";
import { aboutItem, type Item, readItem } from "./item.ts";
import { tryHolding, trySignIn, tryStandingIn } from "./tries.ts";
import { tryChangingStaff, tryOverseeing, tryVote } from "./tries-of-roles.ts";

export type Proof = (typeof remediationResults)[number];

/**
 * Tries what a revocation took, as the person from whom it was taken, and puts on record what answered. Only when all of
 * it was refused is the item remediated. Where somebody gave it anew since, who and when is put on record instead, and it
 * is tried again once that is taken, too. Null where there is nothing to prove, or where something else was in the way (the global stop, say):
 * it is tried again then.
 */
export async function prove(ctx: Ctx, itemId: string): Promise<Proof | null> {
  const item = await readItem(ctx.db, itemId);
  const open = item && (await readUnproved(ctx.db, item.id));
  if (!item || !open) return null;
  const system: Ctx = { ...ctx, actor: { kind: "system", part: "worker" } };
  const anew = await readGivenAnew(ctx.db, item, open.kind);
  if (anew) {
    const name = anew.by ?? "Somebody";
    return store(system, itemId, open.id, {
      result: "given_anew",
      verifiedHow: `${name} gave it anew on ${anew.at}, so it was not tried: it is not gone.`,
      what: `Did not try what was taken from ${item.name}: ${name} gave it anew since`,
      tried: [],
    });
  }
  await endLiveOf(system, item.personId);
  const tried = await tryAll(system, item, open.kind === "looking_only");
  const outcomes = tried.map(({ outcome }) => outcome);
  if (!outcomes.includes("possible") && outcomes.includes("unclear")) return null;
  const result: Proof = outcomes.includes("possible") ? "still_possible" : "refused";
  return store(system, itemId, open.id, {
    result,
    verifiedHow: tried.map(wordsOf).join(" "),
    what: `Tried what was taken from ${item.name}: ${result === "refused" ? "refused" : "STILL POSSIBLE"}`,
    tried,
  });
}

type Answer = { result: Proof; verifiedHow: string; what: string; tried: Tried[] };

const store = (ctx: Ctx, itemId: string, remediation: string, answer: Answer) =>
  transaction(ctx.db, async (tx) => {
    const item = await readItem(tx, itemId);
    if (!item || !(await lockUnproved(tx, remediation))) return null;
    const { result, verifiedHow, what, tried } = answer;
    const verifiedEntryId = await recordAudit(tx, ctx, {
      event: "review.access_tried",
      body: { ...aboutItem(item), what, remediation, result, tried },
    });
    await tx
      .update(reviewRemediations)
      .set({ result, verifiedHow, verifiedEntryId, verifiedAt: new Date() })
      .where(eq(reviewRemediations.id, remediation));
    await recordRemediated(tx, ctx, itemId);
    return result;
  });

/** Who gave again what a review took, and on which day; null where nobody did. */
async function readGivenAnew(db: Database, { id }: Item, kind: string) {
  const { rows } = await db.execute<{ by: string | null; at: string }>(
    sql`select p.name as by, to_char(g.granted_at at time zone c.zone, 'FMDD FMMonth YYYY') as at
      from review_items i join campaigns c on c.id = i.campaign_id join staff_roles g on g.id = given_anew(i, ${kind})
        left join staff p on p.id = g.granted_by where i.id = ${id}::uuid`,
  );
  return rows[0] ?? null;
}

/** An entry once all that was to follow the decision is proved; `remediated_at` is the schema's to set. */
export async function recordRemediated(tx: Transaction, ctx: Ctx, itemId: string): Promise<void> {
  const item = await readItem(tx, itemId);
  if (!item?.remediatedAt) return;
  await recordAudit(tx, ctx, {
    event: "review.remediated",
    body: { ...aboutItem(item), what: `${item.name}: ${item.decision} carried out and proved` },
  });
}

const wordsOf = ({ what, by, answer }: Tried): string => `${what}: ${answer}${by && ` (${by})`}`;

async function tryAll(ctx: Ctx, item: Item, forLooking: boolean): Promise<Tried[]> {
  const { db } = ctx;
  const person = await readStaff(db, item.personId);
  if (!person) throw new Error("A grant of nobody");
  const signInId = await newestSignIn(db, item.personId);
  const as: Ctx<StaffActor> = { ...ctx, actor: actorOf(person, signInId ?? newId()) };
  const { role } = item;
  const signIn = await trySignIn(db, item.personId, (actor) =>
    forLooking ? has(actor, "agent") && !actor.lookingOnly : has(actor, role),
  );
  const tried = signIn ? [signIn] : [];
  switch (role) {
    case "agent":
      return [...tried, ...(await tryStandingIn(as, forLooking ? "write" : "read"))];
    case "manager":
      tried.push(...(await tryVote(as)));
      break;
    case "admin":
      tried.push(...(await tryChangingStaff(as)));
      break;
    case "compliance":
      tried.push(...(await tryOverseeing(as)));
  }
  return [...tried, await tryHolding(db, item.personId, role)];
}

async function newestSignIn(db: Database, personId: string): Promise<string | null> {
  const [row] = await db
    .select({ id: staffSignIns.id })
    .from(staffSignIns)
    .where(eq(staffSignIns.staffId, personId))
    .orderBy(sql`${staffSignIns.createdAt} desc`)
    .limit(1);
  return row?.id ?? null;
}

const unproved = and(
  ne(reviewRemediations.kind, "outside"),
  or(isNull(reviewRemediations.result), ne(reviewRemediations.result, "refused")),
);

async function readUnproved(db: Database, itemId: string) {
  const [row] = await db
    .select({ id: reviewRemediations.id, kind: reviewRemediations.kind })
    .from(reviewRemediations)
    .where(and(eq(reviewRemediations.itemId, itemId), unproved));
  return row;
}

/** False where somebody else proved it meanwhile. */
async function lockUnproved(tx: Transaction, id: string): Promise<boolean> {
  const [row] = await tx
    .select({ id: reviewRemediations.id })
    .from(reviewRemediations)
    .where(and(eq(reviewRemediations.id, id), unproved))
    .for("update");
  return row !== undefined;
}

/**
 * The worker's part: proves what nobody proved, after a crash say, and tries again, once an hour, what was still
 * possible or given anew. One that fails does not keep the others. @throws the first failure, after the rest.
 */
export async function proveDue(ctx: Ctx): Promise<number> {
  const due = await ctx.db
    .select({ itemId: reviewRemediations.itemId })
    .from(reviewRemediations)
    .innerJoin(reviewItems, eq(reviewItems.id, reviewRemediations.itemId))
    .innerJoin(campaigns, eq(campaigns.id, reviewItems.campaignId))
    .where(
      and(
        unproved,
        eq(campaigns.status, "open"),
        or(
          isNull(reviewRemediations.verifiedAt),
          lt(reviewRemediations.verifiedAt, sql`clock_timestamp() - interval '1 hour'`),
        ),
      ),
    )
    .orderBy(asc(reviewRemediations.createdAt))
    .limit(100);
  const failures: unknown[] = [];
  let proved = 0;
  for (const { itemId } of due)
    await prove(ctx, itemId).then(
      (result) => (proved += Number(result !== null)),
      (error: unknown) => failures.push(error),
    );
  if (failures.length > 0) throw failures[0];
  return proved;
}
