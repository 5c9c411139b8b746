import { asc, eq, inArray, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { PgBoss } from "pg-boss";
import { type Database, type Transaction, transaction } from "#db/client.ts";
import { noteChange } from "#db/committed.ts";
import { auditEntry, auditPayload } from "#db/schema/audit.ts";
import { requests } from "#db/schema/impersonation.ts";
import { noticeDeliveries, noticeOutbox, notices } from "#db/schema/notices.ts";
import { proposals } from "#db/schema/proposals.ts";
import { staff } from "#db/schema/staff.ts";
import { newId } from "#lib/kernel/ids.ts";
import type { NoticeKind } from "#lib/vocabulary.ts";
import { bodyOf } from "./body.ts";
import type { Channels } from "./channels.ts";
import { isForTeam } from "./groups.ts";
import { oneForAReview } from "./one-for-a-review.ts";
import { outdate } from "./outdate.ts";
import { enqueue } from "./queue.ts";
import { readHolders, readReviewers, recipientsOf, type ToTell } from "./recipients.ts";
import { type ChannelInUse, readChannelsInUse, type Way, waysOf } from "./ways.ts";

export type Teller = { db: Database; boss: PgBoss; channels: Channels };

/**
 * Makes notices of the entries in the outbox, the copies that leave the panel, and the jobs that send them, all in the
 * transaction that takes the entries out: nothing is lost, and nothing told twice. Any number may run at once. Gives how many
 * entries it took; `only`: of this entry, or of none.
 */
export const tell = (
  { db, boss, channels }: Teller,
  limit = 250,
  only: string | null = null,
): Promise<number> =>
  transaction(db, async (tx) => {
    const entries = await takeOut(tx, limit, only);
    if (entries.length === 0) return 0;
    const inUse = await readChannelsInUse(tx);
    const holders = await readHolders(tx, entries);
    const reviewers = await readReviewers(tx, entries);
    const all = entries.flatMap((entry) => {
      const found = recipientsOf(entry, holders, reviewers);
      return found ? rowsOf(entry, found, inUse) : [];
    });
    const bodies = new Map(entries.map(({ entryId, body }) => [entryId, body]));
    const { rows, grown } = await oneForAReview(tx, all, bodies);
    const made = await insert(tx, rows);
    const staffIds = made.flatMap(({ staffId }) => staffId ?? []);
    if (staffIds.length > 0) noteChange(tx, { kind: "told", staffIds });
    await send(tx, boss, channels, made, inUse);
    await outdate(tx, boss, entries, grown);
    await tx.delete(noticeOutbox).where(
      inArray(
        noticeOutbox.entryId,
        entries.map(({ entryId }) => entryId),
      ),
    );
    return entries.length;
  });

const requester = alias(staff, "requester");

/** Each of the first entries by itself, where they cannot be told of together. Gives how many it took, and what went wrong. */
export async function tellAlone(
  teller: Teller,
  limit: number,
): Promise<{ told: number; faults: unknown[] }> {
  const waiting = await teller.db
    .select({ id: noticeOutbox.entryId })
    .from(noticeOutbox)
    .orderBy(asc(noticeOutbox.entryId))
    .limit(limit);
  const faults: unknown[] = [];
  let told = 0;
  for (const { id } of waiting)
    told += await tell(teller, 1, id).catch((fault: unknown) => {
      faults.push(fault);
      return 0;
    });
  return { told, faults };
}

async function takeOut(tx: Transaction, limit: number, only: string | null): Promise<ToTell[]> {
  const taken = await tx
    .select({ id: noticeOutbox.entryId })
    .from(noticeOutbox)
    .where(only === null ? undefined : eq(noticeOutbox.entryId, only))
    .orderBy(asc(noticeOutbox.entryId))
    .limit(limit)
    .for("update", { skipLocked: true });
  if (taken.length === 0) return [];
  const ids = taken.map(({ id }) => id);
  const rows = await tx
    .select({
      entryId: auditEntry.id,
      event: auditEntry.event,
      actorId: auditEntry.actorId,
      managerId: staff.managerId,
      team: sql<string | null>`coalesce(${requester.team}, ${staff.team})`,
      request: { id: requests.id, actorId: requests.actorId, status: requests.status },
      proposal: {
        kind: proposals.kind,
        by: proposals.proposedBy,
        about: proposals.staffId,
      },
      payload: auditPayload.body,
    })
    .from(auditEntry)
    .leftJoin(auditPayload, eq(auditPayload.entryId, auditEntry.id))
    .leftJoin(staff, eq(staff.id, auditEntry.actorId))
    .leftJoin(requests, eq(requests.id, auditEntry.requestId))
    .leftJoin(requester, eq(requester.id, requests.actorId))
    .leftJoin(
      proposals,
      sql`(${proposals.madeEntryId} = ${auditEntry.id} or ${proposals.decidedEntryId} = ${auditEntry.id})`,
    )
    .where(inArray(auditEntry.id, ids))
    .orderBy(asc(auditEntry.id));
  return rows.map(({ payload, ...row }) => ({
    ...row,
    body: bodyOf(payload),
  }));
}

export type NewNotice = {
  id: string;
  entryId: string;
  kind: NoticeKind;
  staffId: string | null;
  channelId: string | null;
  requestId: string | null;
};

/** One for each person, and one for each channel of the team whose request or session it is. */
function rowsOf(
  { entryId, team, request }: ToTell,
  { kind, to }: { kind: NoticeKind; to: string[] },
  inUse: readonly ChannelInUse[],
): NewNotice[] {
  const row = { entryId, kind, requestId: request?.id ?? null };
  const teams = inUse.filter((one) => one.team === team && isForTeam(kind, one.groups));
  return [
    ...[...new Set(to)].map((staffId) => ({ ...row, id: newId(), staffId, channelId: null })),
    ...(team === null
      ? []
      : teams.map(({ id }) => ({ ...row, id: newId(), staffId: null, channelId: id }))),
  ];
}

/** Gives those that are new. Who is named in an entry and was never on the staff is told nothing. */
async function insert(tx: Transaction, rows: NewNotice[]): Promise<NewNotice[]> {
  if (rows.length === 0) return [];
  const { rows: made } = await tx.execute<{ id: string }>(sql`
    insert into ${notices} (id, entry_id, kind, staff_id, channel_id, request_id)
    select t.id, t."entryId", t.kind, t."staffId", t."channelId", t."requestId"
      from json_to_recordset(${JSON.stringify(rows)}::json)
        as t(id uuid, "entryId" uuid, kind text, "staffId" uuid, "channelId" uuid, "requestId" uuid)
      where t."staffId" is null or exists (select from ${staff} s where s.id = t."staffId")
    on conflict do nothing returning id`);
  const isNew = new Set(made.map(({ id }) => id));
  return rows.filter(({ id }) => isNew.has(id));
}

async function send(
  tx: Transaction,
  boss: PgBoss,
  channels: Channels,
  made: readonly NewNotice[],
  inUse: readonly ChannelInUse[],
): Promise<void> {
  const ways = await waysOf(
    tx,
    made.flatMap(({ staffId }) => staffId ?? []),
    channels,
    inUse,
  );
  const ofTeam = new Map(inUse.map(({ id, channel }) => [id, channel]));
  const copies = made.flatMap(({ id, kind, staffId, channelId }) => {
    const taken = staffId ? ways(staffId, kind) : teamWay(channelId, ofTeam);
    return taken.map((way) => ({ id: newId(), noticeId: id, ...way }));
  });
  if (copies.length === 0) return;
  await tx.execute(sql`
    insert into ${noticeDeliveries} (id, notice_id, channel, channel_id)
    select t.id, t."noticeId", t.channel, t."channelId" from json_to_recordset(${JSON.stringify(copies)}::json)
      as t(id uuid, "noticeId" uuid, channel text, "channelId" uuid)`);
  const names = [...new Set(copies.map(({ channel }) => channel))];
  for (const name of names)
    await enqueue(
      tx,
      boss,
      name,
      copies.filter(({ channel }) => channel === name),
    );
}

function teamWay(channelId: string | null, ofTeam: ReadonlyMap<string, string>): Way[] {
  const channel = channelId ? ofTeam.get(channelId) : undefined;
  return channel === "slack" || channel === "webhook" ? [{ channel, channelId }] : [];
}
