import { sql } from "drizzle-orm";
import { clock, type Transaction } from "#db/client.ts";
import { preparedStatement } from "#db/prepared.ts";
import { type Entry, recordAudit } from "#lib/audit/record.ts";
import { transact } from "#lib/audit/transact.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { requestNumber, sessionNumber } from "#lib/kernel/ids.ts";
import { type Result, refuse } from "#lib/kernel/result.ts";
import { lettersOf } from "#lib/kernel/typed-text.ts";
import { limited } from "#lib/limits/limited.ts";
import { currentPolicy, type Policy } from "#lib/policy/policy.ts";
import { askWithoutApproval } from "#lib/requests/ask-without.ts";
import { cancelIn } from "#lib/requests/cancel.ts";
import { lockRequest } from "#lib/requests/lock.ts";
import { statusAt } from "#lib/requests/rules.ts";
import type { Ask } from "#lib/requests/schemas.ts";
import { requireFresh } from "#lib/staff/fresh.ts";
import { about, type LockedSession, readSession } from "./lock.ts";
import type { BreakGlassInput } from "./schemas.ts";
import { type Started, startIn } from "./start.ts";

/**
 * Starts at once what wants an approval that cannot be waited for (DESIGN §2, break-glass): asks and starts in one
 * transaction, tells everybody who could have approved, and has to be reviewed before the same person can do so again.
 * Refuses with `not_allowed` where the policy lets nobody, `sign_in_again`, `review_first`, `invalid` with fields, and
 * as `ask` and `start` do.
 */
export async function breakGlass(
  ctx: Ctx<StaffActor>,
  input: BreakGlassInput,
): Promise<Result<Started>> {
  const often = await limited(ctx, "request_of_person", ctx.actor.id);
  if (often) return { ok: false, error: often };
  return transact(
    ctx,
    {
      event: "break_glass.refused",
      subjectId: input.subjectId,
      body: { scope: input.scope, reason: input.reason },
    },
    (tx) => breakIn(tx, ctx, input),
  );
}

async function breakIn(
  tx: Transaction,
  ctx: Ctx<StaffActor>,
  { insteadOf, ...input }: BreakGlassInput,
): Promise<Started> {
  const policy = await currentPolicy(tx);
  const { breakGlass: rules } = policy;
  if (!rules.allowed)
    refuse("not_allowed", "The policy lets nobody break the glass. An admin can change that.");
  requireFresh(ctx, await clock(tx), rules.freshMinutes, policy.freshSignIn.acr);
  await hold(tx, ctx.actor.id);
  await refuseUnreviewed(tx, ctx);
  const ask = asked(input, policy);
  if (insteadOf) await replace(tx, ctx, insteadOf);
  const request = await askWithoutApproval(tx, ctx, ask, policy);
  const started = await startIn(tx, ctx, request.id, input.ends);
  await tell(tx, ctx, { ...started, request, ask, policy });
  return started;
}

/** Takes back what waits, where it waits still: that it lapsed, or was taken back in another tab, keeps nobody out. */
async function replace(tx: Transaction, ctx: Ctx<StaffActor>, requestId: string): Promise<void> {
  const { request, at } = await lockRequest(tx, requestId);
  const status = statusAt(request, at);
  if (request.actorId === ctx.actor.id && (status === "lapsed" || status === "cancelled")) return;
  if (request.actorId === ctx.actor.id && status === "denied")
    refuse(
      "not_pending",
      `${requestNumber(request.number)} was denied while you wrote this. Read why first; whoever must all the same breaks the glass from the customer’s page.`,
    );
  await cancelIn(tx, ctx, requestId);
}

/** What the policy lets one ask for without an approval: no longer, and looking only where it says so. */
function asked(
  input: Omit<BreakGlassInput, "insteadOf">,
  { breakGlass: rules, maxMinutes }: Policy,
): Ask {
  if (input.scope === "write" && !rules.write)
    refuse("scope", "Break-glass is for looking only. Ask for acting the usual way.");
  const letters = lettersOf(input.reason);
  if (letters < rules.reasonLength)
    refuse("invalid", "One answer needs another look.", {
      fields: {
        reason: `Too short: ${letters} characters of at least ${rules.reasonLength}. Nobody approves this, so say it in full.`,
      },
    });
  return { ...input, minutes: Math.min(rules.minutes, maxMinutes) };
}

const hold = preparedStatement("break_glass_hold", "select hold_break_glass($1)");

const unreviewed = preparedStatement<{ id: string | null }>(
  "break_glass_unreviewed",
  "select break_glass_unreviewed($1) as id",
);

async function refuseUnreviewed(tx: Transaction, ctx: Ctx<StaffActor>): Promise<void> {
  const [row] = await unreviewed(tx, ctx.actor.id);
  const before = row?.id ? await readSession(tx, row.id) : null;
  if (!before) return;
  const { session } = before;
  refuse(
    "review_first",
    `You broke the glass before, as ${session.subjectName} (${sessionNumber(session.number)}), and nobody has reviewed that yet. Until somebody has, you cannot do so again.`,
    { detail: { sessionId: session.id } },
  );
}

type Broken = Started & {
  request: { id: string; number: number };
  ask: Ask;
  policy: Policy;
};

/** The entry is the notice: everybody who could have approved is told at once, in every channel. */
async function tell(tx: Transaction, ctx: Ctx<StaffActor>, broken: Broken): Promise<void> {
  const { sessionId, request, ask, policy } = broken;
  const read = await readSession(tx, sessionId);
  if (!read) throw new Error("It was started just now");
  const { rows } = await tx.execute<{ id: string; name: string }>(sql`
    select id, name from staff where id = any (all_who_could_have_approved(${request.id}::uuid)) order by name`);
  await recordAudit(tx, ctx, usedEntry(read.session, { request, ask, policy, skipped: rows }));
}

type Used = Pick<
  LockedSession,
  | "id"
  | "number"
  | "requestId"
  | "actorId"
  | "actorName"
  | "subjectId"
  | "subjectName"
  | "accountId"
  | "accountName"
  | "scope"
  | "minutes"
  | "startedAt"
  | "ticket"
>;
type By = {
  request: { number: number };
  ask: Pick<Ask, "reason" | "reasonCategory" | "callerCheck">;
  policy: Policy;
  /** Who could have approved. */
  skipped: { id: string; name: string }[];
};

/** What a break-glass puts on record beside its session: for whom, why, who was skipped, and until when it is reviewed. */
export function usedEntry(session: Used, { request, ask, policy, skipped }: By): Entry {
  const how = session.scope === "write" ? "acts" : "looks";
  const dueAt = session.startedAt.getTime() + policy.breakGlass.reviewHours * 3_600_000;
  return {
    event: "break_glass.used",
    ...about(session),
    body: {
      what: `${session.actorName} ${how} as ${session.subjectName}, ${session.minutes} min, and nobody approved: “${ask.reason}”`,
      asked: skipped.map(({ id }) => id),
      skipped: skipped.map(({ name }) => name),
      break_glass: true,
      number: sessionNumber(session.number),
      request: requestNumber(request.number),
      scope: session.scope,
      minutes: session.minutes,
      reason: ask.reason,
      reason_category: ask.reasonCategory,
      caller_check: ask.callerCheck,
      ticket: session.ticket,
      due_at: new Date(dueAt).toISOString(),
      actor: session.actorName,
      subject: session.subjectName,
      account: session.accountName,
      policy: policy.version,
    },
    index: { ticket: session.ticket, reasonCategory: ask.reasonCategory },
  };
}
