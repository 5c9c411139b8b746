import { eq, sql } from "drizzle-orm";
import { transaction } from "#db/client.ts";
import { auditEntry } from "#db/schema/audit.ts";
import { isRecorded } from "#lib/audit/is-recorded.ts";
import { type Entry, recordAudit } from "#lib/audit/record.ts";
import { recordRefusal } from "#lib/audit/transact.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { ok, type Refusal, type Result } from "#lib/kernel/result.ts";
import { limited } from "#lib/limits/limited.ts";
import { may } from "#lib/staff/rights.ts";
import { isKept } from "./kept.ts";
import { type Account, readAccount, readSubject, type Subject } from "./queries.ts";

const notAllowed: Refusal = {
  code: "not_allowed",
  message: "Your roles do not let you open customers.",
};
const notFound: Refusal = {
  code: "not_found",
  message: "Nothing here that you may see. It does not exist, or it is not yours.",
};

/**
 * Opens a person: reads what is known of them, and puts on record that this actor did. Opening the same person again
 * within ten minutes is the same opening. An agent opens nobody whom their team may not stand in for; who decides,
 * reviews or settles opens everybody. Refuses with `not_allowed`, `not_found`, `out_of_your_reach` or `too_often`.
 */
export async function openSubject(
  ctx: Ctx<StaffActor>,
  idOrExternalId: string,
): Promise<Result<Subject>> {
  if (!may(ctx.actor, "open_subject")) return refused(ctx);
  const subject = await readSubject(ctx, idOrExternalId);
  if (!subject) return { ok: false, error: notFound };
  const { notTheirs: why } = subject;
  const about = { accountId: subject.account.id, subjectId: subject.subjectId };
  if (why !== null && isKept(ctx.actor, why)) return keptFrom(ctx, about, why);
  const often = await recordOnce(ctx, {
    event: "subject.opened",
    ...about,
    body: {
      what: `Opened ${subject.name}, ${subject.account.name}`,
      subject: subject.name,
      account: subject.account.name,
    },
  });
  return often ? { ok: false, error: often } : ok(subject);
}

/** The same for an account. */
export async function openAccount(
  ctx: Ctx<StaffActor>,
  idOrExternalId: string,
): Promise<Result<Account>> {
  if (!may(ctx.actor, "open_subject")) return refused(ctx);
  const account = await readAccount(ctx, idOrExternalId);
  if (!account) return { ok: false, error: notFound };
  const { notTheirs: why } = account;
  if (why !== null && isKept(ctx.actor, why)) return keptFrom(ctx, { accountId: account.id }, why);
  const often = await recordOnce(ctx, {
    event: "account.opened",
    accountId: account.id,
    body: { what: `Opened ${account.name}`, account: account.name },
  });
  return often ? { ok: false, error: often } : ok(account);
}

async function refused(ctx: Ctx<StaffActor>): Promise<{ ok: false; error: Refusal }> {
  await recordRefusal(ctx, { event: "page.refused" }, notAllowed);
  return { ok: false, error: notAllowed };
}

type Kept = { ok: false; error: Refusal };

/** Tried and refused, on record and counted as an opening is. */
async function keptFrom(
  ctx: Ctx<StaffActor>,
  about: Pick<Entry, "accountId" | "subjectId">,
  message: string,
): Promise<Kept> {
  const refusal: Refusal = { code: "out_of_your_reach", message };
  const body = { what: message, refused: refusal.code };
  const often = await recordOnce(ctx, { event: "page.refused", ...about, body });
  return { ok: false, error: often ?? refusal };
}

const sameOpening = sql`clock_timestamp() - interval '10 minutes'`;

async function recordOnce(ctx: Ctx<StaffActor>, entry: Entry): Promise<Refusal | null> {
  const about = entry.subjectId
    ? eq(auditEntry.subjectId, entry.subjectId)
    : eq(auditEntry.accountId, entry.accountId ?? "");
  if (await isRecorded(ctx.db, ctx.actor.id, entry.event, sameOpening, about)) return null;
  for (const name of ["opening_by_person", "opening_by_person_by_day"] as const) {
    const often = await limited(ctx, name, ctx.actor.id);
    if (often) return often;
  }
  await transaction(ctx.db, (tx) => recordAudit(tx, ctx, entry));
  return null;
}
