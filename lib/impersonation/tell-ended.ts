import { and, eq, isNotNull, isNull, sql } from "drizzle-orm";
import { type Transaction, transaction } from "#db/client.ts";
import { sessions } from "#db/schema/impersonation.ts";
import { sessionReviewsDue } from "#db/schema/session-reviews.ts";
import { type Entry, recordAudit } from "#lib/audit/record.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { sessionNumber } from "#lib/kernel/ids.ts";
import { type DoneIn, doneSentence, readDoneIn } from "./done-in.ts";
import { about, type LockedSession, readSession } from "./lock.ts";

const due = sessionReviewsDue;

/**
 * The worker's part: tells who approved a sensitive or acting session, or else the actor's manager, what was done in it,
 * once it has ended by whatever cause; each once. The entry is the notice. Gives how many were told.
 * @throws the first failure, after the rest.
 */
export const tellEnded = (ctx: Ctx, batch = 500): Promise<number> =>
  tellAll(ctx, batch, "told", and(isNull(due.toldEntryId), isNotNull(sessions.endedAt)));

/** The same for break-glass that nobody has reviewed in its time: once more, to everybody whom it waits for. */
export const tellLate = (ctx: Ctx, batch = 500): Promise<number> =>
  tellAll(ctx, batch, "late", and(isNull(due.lateEntryId), sql`${due.dueAt} <= clock_timestamp()`));

type Which = "told" | "late";

async function tellAll(
  ctx: Ctx,
  batch: number,
  which: Which,
  where: ReturnType<typeof and>,
): Promise<number> {
  const open = and(isNull(due.reviewedAt), where);
  const waiting = await ctx.db
    .select({ id: due.sessionId })
    .from(due)
    .innerJoin(sessions, eq(sessions.id, due.sessionId))
    .where(open)
    .limit(batch);
  const failures: unknown[] = [];
  let told = 0;
  for (const { id } of waiting)
    await transaction(ctx.db, async (tx) => {
      // What another worker is at, or somebody reviewed meanwhile, is left.
      const [row] = await tx
        .select({ asked: due.asked, dueAt: due.dueAt })
        .from(due)
        .where(
          and(
            eq(due.sessionId, id),
            isNull(due.reviewedAt),
            isNull(which === "told" ? due.toldEntryId : due.lateEntryId),
          ),
        )
        .for("update", { skipLocked: true });
      if (!row) return;
      await tell(tx, ctx, id, row, which);
      told += 1;
    }).catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw failures[0];
  return told;
}

type Waiting = { asked: string[]; dueAt: Date | null };

async function tell(tx: Transaction, ctx: Ctx, id: string, row: Waiting, which: Which) {
  const read = await readSession(tx, id);
  if (!read) throw new Error("What waits for a review is a session");
  const entry = dueEntry(read.session, row, await readDoneIn(tx, id), which === "late");
  const entryId = await recordAudit(tx, ctx, entry);
  await tx
    .update(due)
    .set(which === "told" ? { toldEntryId: entryId } : { lateEntryId: entryId })
    .where(eq(due.sessionId, id));
}

type Ended = Parameters<typeof about>[0] &
  Pick<
    LockedSession,
    "number" | "scope" | "actorName" | "subjectName" | "accountName" | "ticket" | "reasonCategory"
  >;

/** What is told of a session once it has ended, or once more when its review is late. */
export function dueEntry(
  session: Ended,
  { asked, dueAt }: Waiting,
  done: DoneIn,
  late: boolean,
): Entry {
  const number = sessionNumber(session.number);
  const as = `${session.actorName} as ${session.subjectName}`;
  const since = dueAt?.toISOString() ?? null;
  return {
    event: "session.review_due",
    ...about(session),
    body: {
      what: late
        ? `${number}, ${as}, waits for its review since ${since}`
        : `${number}, ${as}: ${doneSentence(done)}`,
      asked,
      late,
      break_glass: dueAt !== null,
      due_at: since,
      number,
      actor: session.actorName,
      subject: session.subjectName,
      account: session.accountName,
      scope: session.scope,
      done,
      summary: doneSentence(done),
    },
    index: { ticket: session.ticket, reasonCategory: session.reasonCategory },
  };
}
