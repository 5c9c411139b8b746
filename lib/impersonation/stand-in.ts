import { sql } from "drizzle-orm";
import { tellChanges } from "#db/committed.ts";
import { preparedStatement } from "#db/prepared.ts";
import { changesOf } from "#lib/audit/changed.ts";
import { insertEntries } from "#lib/audit/record.ts";
import { transact } from "#lib/audit/transact.ts";
import { factsIn, factsSelect } from "#lib/directory/facts.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { refusalOf } from "#lib/kernel/database-refusals.ts";
import { ok, type Result } from "#lib/kernel/result.ts";
import { limited, refuseOften } from "#lib/limits/limited.ts";
import { limits } from "#lib/limits/limits.ts";
import { permitSql } from "#lib/limits/take.ts";
import { policyInForceSql, policyOf } from "#lib/policy/policy.ts";
import { sensitivity } from "#lib/policy/sensitivity.ts";
import { askIn } from "#lib/requests/ask.ts";
import { prepareAsk } from "#lib/requests/prepare-ask.ts";
import type { Ask } from "#lib/requests/schemas.ts";
import { breadthAfter, breadthColumns, breadthOf } from "./breadth.ts";
import { breadthNear, breadthReached } from "./breadth-rules.ts";
import { prepareStart } from "./prepare-start.ts";
import { type Started, startIn } from "./start.ts";

export type Waiting = { kind: "waiting"; requestId: string; number: number };

/**
 * The start form: asks and, where the policy allows it at once, starts in the same transaction. The actor's live session
 * that `ends` names ends then, and goes on where the request waits.
 */
export async function standIn(
  ctx: Ctx<StaffActor>,
  input: Ask,
): Promise<Result<Started | Waiting>> {
  const met = await meet(ctx, input.subjectId);
  const often = met
    ? met.permit.taken === 0 && (await refuseOften(ctx, "request_of_person", met.permit.retry_ms))
    : await limited(ctx, "request_of_person", ctx.actor.id);
  if (often) return { ok: false, error: often };
  return (met && (await standInAtOnce(ctx, input, met))) ?? (await standInByTurns(ctx, input, met));
}

const standInByTurns = (ctx: Ctx<StaffActor>, input: Ask, met: Met | null) =>
  transact<Started | Waiting>(
    ctx,
    { event: "request.refused", subjectId: input.subjectId, body: { scope: input.scope } },
    async (tx) => {
      const asked = await askIn(tx, ctx, input, met?.number);
      return asked.status === "granted"
        ? startIn(tx, ctx, asked.id, input.ends)
        : { kind: "waiting", requestId: asked.id, number: asked.number };
    },
  );

/**
 * The same for what nearly every call is: allowed, nothing else of the actor's live, room for one person more. It is
 * read first and written by one statement, whose guards hold people, account and stops still and ask all of it again.
 * Null, and nothing is written, where anything is not so: it is then for `standInByTurns` to do or to refuse.
 */
async function standInAtOnce(
  ctx: Ctx<StaffActor>,
  input: Ask,
  met: Met,
): Promise<Result<Started> | null> {
  const { policy, subject, breadth } = met;
  if (policy.freshSignIn.sensitiveStart !== null && sensitivity(subject).length > 0) return null;
  if (met.isLive || breadthReached(breadth, policy.breadth)) return null;
  if (breadthNear(breadthAfter(breadth), policy.breadth).length > 0) return null;
  try {
    const { row: asked, grant, entries, approvers } = await prepareAsk(ctx.db, ctx, input, met);
    if (!grant) return null;
    const { row, entry } = prepareStart(
      ctx,
      {
        ...asked,
        grantedMinutes: grant.grantedMinutes,
        subjectName: subject.name,
        accountName: subject.account.name,
      },
      policy,
      approvers,
    );
    const [stored] = await store(
      ctx.db,
      JSON.stringify([...entries, entry]),
      JSON.stringify(inSnakeCase({ ...asked, ...grant })),
      JSON.stringify(inSnakeCase(row)),
    );
    if (!stored) throw new Error("The session was not stored");
    tellChanges(changesOf([...entries, entry]));
    const { origin } = subject.product;
    return ok({ kind: "started", sessionId: row.id, number: stored.number, origin });
  } catch (error) {
    if (refusalOf(error)) return null;
    throw error;
  }
}

const inSnakeCase = (row: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries(row).map(([key, value]) => [
      key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      value,
    ]),
  );

/** Whether a change has its entry is asked at the commit, so the order of the two is free. */
const store = preparedStatement<{ number: number }>(
  "stand_in",
  `with ${insertEntries}, written as (select count(*) from payload)
   select stand_in($2::json, $3::json) as number from written`,
);

async function meet(ctx: Ctx<StaffActor>, subjectId: string) {
  const { id: actorId } = ctx.actor;
  const [row] = await select(ctx.db, {
    id: subjectId,
    actorId,
    who: `request_of_person:${actorId}`,
  });
  if (!row) return null;
  const { permit, isLive, inForce, number, at } = row;
  return {
    permit,
    isLive,
    policy: await policyOf(ctx.db, inForce),
    subject: factsIn(row),
    number: Number(number),
    at: new Date(at),
    breadth: breadthOf(row),
  };
}
type Met = NonNullable<Awaited<ReturnType<typeof meet>>>;

const actor = sql.placeholder("actorId");

const select = factsSelect("stand_in_met", {
  permit: permitSql(limits.request_of_person, sql.placeholder("who")),
  inForce: policyInForceSql,
  number: sql<string>`nextval('request_numbers')`,
  isLive: sql<boolean>`exists (select 1 from sessions where actor_id = ${actor} and ended_at is null)`,
  ...breadthColumns(actor, sql.placeholder("id")),
});
