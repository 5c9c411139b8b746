import { sql } from "drizzle-orm";
import type { Job, PgBoss } from "pg-boss";
import { clock, type Transaction, transaction } from "#db/client.ts";
import { entryRow, writeEntries } from "#lib/audit/record.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { nextTry } from "./backoff.ts";
import type { Copy } from "./copies.ts";
import type { Outcome } from "./deliver.ts";
import { enqueue, type JobData, type OutName, over, queueOf } from "./queue.ts";

export type Settled = { job: Job<JobData>; outcome: Outcome | null };

type Change = {
  id: string;
  was: Copy["status"];
  noticeId: string;
  status: "waiting" | "sent" | "failed" | "skipped";
  tries: number;
  shown: number;
  sentTo: string | null;
  ref: string | null;
  fault: string | null;
  nextAt: Date;
  failedEntryId: string | null;
};

/**
 * Writes down what became of these copies and ends their jobs, in one transaction: whoever is killed before it sends
 * again, with the same key. What is to be tried later gets a job for then; what is given up is an entry.
 */
export const settleAll = (
  ctx: Ctx,
  boss: PgBoss,
  channel: OutName,
  settled: Settled[],
): Promise<void> =>
  transaction(ctx.db, async (tx) => {
    const at = await clock(tx);
    const outcomes = settled.flatMap(({ outcome }) => outcome ?? []);
    // The notice's row is what `outdate` holds: after this a change is seen there, or here.
    const noticeIds = [...new Set(outcomes.map(({ copy }) => copy.noticeId))];
    if (noticeIds.length > 0)
      await tx.execute(
        sql`select id from notices where id = any(${sql.param(noticeIds)}::uuid[]) order by id for share`,
      );
    const changes: Change[] = [];
    for (const outcome of outcomes) changes.push(await changeOf(tx, ctx, outcome, at));
    const again = await write(tx, changes);
    await enqueue(tx, boss, channel, again);
    const jobs = settled.map(({ job }) => job);
    await boss.complete(queueOf(channel), jobs, null, { db: over(tx) });
  });

/** Tries to rewrite a copy: a day's. */
const mostRewritings = 30;

async function changeOf(tx: Transaction, ctx: Ctx, outcome: Outcome, at: Date): Promise<Change> {
  const { copy } = outcome;
  const same: Change = {
    id: copy.id,
    was: copy.status,
    noticeId: copy.noticeId,
    status: copy.status,
    tries: copy.tries,
    shown: copy.shown,
    sentTo: copy.sentTo,
    ref: copy.ref,
    fault: null,
    nextAt: at,
    failedEntryId: null,
  };
  switch (outcome.is) {
    case "shown":
      return { ...same, tries: 0, shown: copy.changed };
    case "sent":
      return {
        ...{ ...same, status: "sent", tries: 0, shown: copy.changed },
        ...{ sentTo: outcome.to, ref: outcome.ref },
      };
    case "skipped":
      // What is out stays out, and is not rewritten any more.
      return copy.status === "waiting"
        ? { ...same, status: "skipped", fault: outcome.why }
        : { ...same, shown: copy.changed, fault: outcome.why };
    case "later": {
      const tries = copy.tries + 1;
      // The copy itself may be out for long before it is to be rewritten.
      const since = copy.status === "waiting" ? copy.createdAt : at;
      const next =
        tries > mostRewritings
          ? null
          : nextTry({ tries, since, at, after: outcome.after, id: copy.id });
      return next
        ? { ...same, tries, fault: outcome.why, nextAt: next }
        : giveUp(tx, ctx, outcome, { ...same, tries });
    }
    case "given_up":
      return giveUp(tx, ctx, outcome, { ...same, tries: copy.tries + 1 });
  }
}

async function giveUp(
  tx: Transaction,
  ctx: Ctx,
  { copy, why }: Extract<Outcome, { why: string }>,
  same: Change,
): Promise<Change> {
  const isNew = copy.status === "waiting";
  const entry = entryRow(ctx, {
    event: "notice.failed",
    body: {
      what: `${isNew ? "A notice was not sent" : "A notice that is out was not rewritten"} by ${copy.channel}: ${why}`,
      notice: copy.noticeId,
      channel: copy.channel,
      to: copy.person?.name ?? null,
      to_channel: copy.channelId,
      why,
      tries: same.tries,
    },
  });
  await writeEntries(tx, [entry]);
  const kept = isNew ? { status: "failed" as const } : { shown: copy.changed };
  return { ...same, ...kept, fault: why, failedEntryId: entry.id };
}

/** Gives what is to be looked at again, and when. */
async function write(tx: Transaction, changes: Change[]): Promise<{ id: string; at?: Date }[]> {
  if (changes.length === 0) return [];
  const { rows } = await tx.execute<{ id: string; stale: boolean }>(sql`
    update notice_deliveries d set status = t.status, tries = t.tries, shown = t.shown,
      wanted = case when t.status = 'sent' then n.changed else d.wanted end, sent_to = t."sentTo", ref = t.ref,
      sent_at = case when t.status = 'sent' then coalesce(d.sent_at, clock_timestamp()) end, fault = t.fault,
      next_at = t."nextAt", failed_entry_id = coalesce(t."failedEntryId", d.failed_entry_id)
      from json_to_recordset(${JSON.stringify(changes)}::json) as t(id uuid, was text, "noticeId" uuid, status text, tries integer,
        shown integer, "sentTo" text, ref text, fault text, "nextAt" timestamptz, "failedEntryId" uuid), notices n
      where d.id = t.id and n.id = t."noticeId" and d.status = t.was
      returning d.id, d.status = 'sent' and d.tries = 0 and n.changed > t.shown as stale`);
  const stale = rows.filter((row) => row.stale).map(({ id }) => ({ id }));
  const later = changes
    .filter(({ tries, status, fault }) => tries > 0 && fault !== null && status !== "failed")
    .filter(({ failedEntryId }) => failedEntryId === null)
    .map(({ id, nextAt }) => ({ id, at: nextAt }));
  return [...stale, ...later];
}
