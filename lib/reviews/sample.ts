import { and, asc, eq, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Reader } from "#db/client.ts";
import { accounts, subjects } from "#db/schema/directory.ts";
import { sessions } from "#db/schema/impersonation.ts";
import { reviewSamples } from "#db/schema/reviews.ts";
import { staff } from "#db/schema/staff.ts";
import { recordAudit } from "#lib/audit/record.ts";
import { transact } from "#lib/audit/transact.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { sessionNumber } from "#lib/kernel/ids.ts";
import { type Result, refuse } from "#lib/kernel/result.ts";
import type { Detector } from "#lib/vocabulary.ts";
import { aboutItem, readItem } from "./item.ts";
import type { SampleInput } from "./item-schemas.ts";

const opener = alias(staff, "opener");
type Found = { detector: Detector; open: boolean };

/** How many of a sample a page lists. */
export const mostSampled = 500;

/** The sessions that the reviewer is asked to open, as they were drawn at the opening: first what was unusual. */
export const readSample = (db: Reader, itemId: string) =>
  db
    .select({
      sessionId: reviewSamples.sessionId,
      why: reviewSamples.why,
      openedAt: reviewSamples.openedAt,
      openedBy: opener.name,
      number: sessions.number,
      scope: sessions.scope,
      startedAt: sessions.startedAt,
      endedAt: sessions.endedAt,
      /** Findings about it, also those that came after the sample was drawn. */
      found: sql<
        Found[]
      >`coalesce((select json_agg(json_build_object('detector', f.detector, 'open', f.status = 'open') order by f.number)
        from finding_sessions x join findings f on f.id = x.finding_id where x.session_id = ${reviewSamples.sessionId}), '[]')`,
      subject: { name: subjects.name, lang: subjects.lang },
      account: { name: accounts.name, tier: accounts.tier },
    })
    .from(reviewSamples)
    .innerJoin(sessions, eq(sessions.id, reviewSamples.sessionId))
    .innerJoin(subjects, eq(subjects.id, sessions.subjectId))
    .innerJoin(accounts, eq(accounts.id, sessions.accountId))
    .leftJoin(opener, eq(opener.id, reviewSamples.openedBy))
    .where(eq(reviewSamples.itemId, itemId))
    .orderBy(
      sql`array_position(array['break_glass', 'finding', 'chance'], ${reviewSamples.why})`,
      asc(sessions.startedAt),
      asc(reviewSamples.sessionId),
    )
    .limit(mostSampled);
export type Sampled = Awaited<ReturnType<typeof readSample>>[number];

/**
 * The reviewer opens a sampled session from its item: on record, the first time with the time and the opener in the
 * sample. Refuses with `not_found` where it is not in the sample of an item of theirs.
 */
export const openSample = (
  ctx: Ctx<StaffActor>,
  { itemId, sessionId }: SampleInput,
): Promise<Result<{ sessionId: string }>> =>
  transact(ctx, { event: "review.refused", body: { item_id: itemId } }, async (tx) => {
    const item = await readItem(tx, itemId);
    if (item?.reviewerId !== ctx.actor.id) refuse("not_found", "Nothing here that you may open.");
    const at = and(eq(reviewSamples.itemId, itemId), eq(reviewSamples.sessionId, sessionId));
    const [sampled] = await tx
      .select({ openedAt: reviewSamples.openedAt, number: sessions.number })
      .from(reviewSamples)
      .innerJoin(sessions, eq(sessions.id, reviewSamples.sessionId))
      .where(at)
      .for("update", { of: reviewSamples });
    if (!sampled) refuse("not_found", "Nothing here that you may open.");
    const openedEntryId = await recordAudit(tx, ctx, {
      event: "review.sample_opened",
      sessionId,
      body: {
        ...aboutItem(item),
        what: `Opened ${sessionNumber(sampled.number)} of the sample of ${item.name}`,
      },
    });
    if (!sampled.openedAt && item.campaign.status === "open")
      await tx
        .update(reviewSamples)
        .set({ openedAt: new Date(), openedBy: ctx.actor.id, openedEntryId })
        .where(at);
    return { sessionId };
  });
