import { and, eq, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import { readAtOnce } from "#db/at-once.ts";
import { preparedStatement } from "#db/prepared.ts";
import { noticeDeliveries, notices } from "#db/schema/notices.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { keyset, placeAt, toPage } from "#lib/kernel/keyset.ts";
import { readNoticeFacts } from "./facts.ts";
import { messageOf } from "./words.ts";

const cursor = z.string().max(200).optional().catch(undefined);
export const inboxParams = z.object({
  show: z.enum(["unread", "all"]).catch("unread"),
  before: cursor,
  after: cursor,
});
export type InboxParams = z.infer<typeof inboxParams>;

export const inboxPage = 30;

/** What a person was told, newest first, as it reads now; 30 a page. */
export async function readInbox(ctx: Ctx<StaffActor>, params: InboxParams) {
  const from = keyset(notices.at, notices.id, params);
  const found = await ctx.db
    .select({
      id: notices.id,
      at: notices.at,
      readAt: notices.readAt,
      place: placeAt(notices.at),
      failed: sql<string[]>`array(select d.channel from ${noticeDeliveries} d
        where d.notice_id = ${notices.id} and d.status = 'failed' order by 1)`,
    })
    .from(notices)
    .where(
      and(
        eq(notices.staffId, ctx.actor.id),
        params.show === "unread" ? isNull(notices.readAt) : undefined,
        from.where,
      ),
    )
    .orderBy(...from.orderBy)
    .limit(inboxPage + 1);
  const page = toPage(found, inboxPage, from);
  const { facts, policy } = await readNoticeFacts(
    ctx.db,
    page.rows.map(({ id }) => id),
  );
  const said = new Map(facts.map((one) => [one.id, messageOf(one, policy, (path) => path)]));
  const rows = page.rows.flatMap(({ place: _, ...row }) => {
    const message = said.get(row.id);
    return message ? [{ ...row, message }] : [];
  });
  return { ...page, rows };
}
export type InboxRow = Awaited<ReturnType<typeof readInbox>>["rows"][number];

const told = preparedStatement<{ unread: number; word: string }>(
  "notices_told",
  `select n.unread, n.unread || ' ' || coalesce((select id::text from notices where staff_id = $1::uuid order by at desc, id desc limit 1), '') as word
   from (select count(*)::integer as unread from (select from notices where staff_id = $1::uuid and read_at is null limit 100) u) n`,
);

/**
 * How many notices a person has not read, 100 at most, and a word that changes when they are told something or read it: for
 * the navigation of every page, and for what open pages poll.
 */
export async function readTold(ctx: Ctx<StaffActor>): Promise<{ unread: number; word: string }> {
  const [row] = await readAtOnce(ctx, told.part(ctx.actor.id));
  if (!row) throw new Error("An aggregate has a row");
  return row;
}
