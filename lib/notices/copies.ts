import { eq, sql } from "drizzle-orm";
import type { Reader } from "#db/client.ts";
import { builtOnce } from "#db/prepared.ts";
import { noticeChannels, noticeDeliveries, notices } from "#db/schema/notices.ts";
import { staff } from "#db/schema/staff.ts";
import type { StaffStatus } from "#lib/vocabulary.ts";
import type { OutName } from "./queue.ts";
import { slackUsersOf } from "./slack/member.ts";

const copiesIn = builtOnce((db) =>
  db
    .select({
      id: noticeDeliveries.id,
      noticeId: noticeDeliveries.noticeId,
      channel: sql<OutName>`${noticeDeliveries.channel}`,
      channelId: noticeDeliveries.channelId,
      status: noticeDeliveries.status,
      tries: noticeDeliveries.tries,
      shown: noticeDeliveries.shown,
      sentTo: noticeDeliveries.sentTo,
      ref: noticeDeliveries.ref,
      createdAt: noticeDeliveries.createdAt,
      nextAt: noticeDeliveries.nextAt,
      changed: notices.changed,
      staffId: notices.staffId,
      person: { email: staff.email, name: staff.name, status: staff.status },
      target: { address: noticeChannels.address, removedAt: noticeChannels.removedAt },
    })
    .from(noticeDeliveries)
    .innerJoin(notices, eq(notices.id, noticeDeliveries.noticeId))
    .leftJoin(staff, eq(staff.id, notices.staffId))
    .leftJoin(noticeChannels, eq(noticeChannels.id, noticeDeliveries.channelId))
    .where(sql`${noticeDeliveries.id} = any(${sql.placeholder("ids")}::uuid[])`)
    .prepare("notice_copies"),
);

/** Copies that are to be brought up to date, and whom each is for. */
export async function readCopies(db: Reader, ids: readonly string[]) {
  const rows = await copiesIn(db).execute({ ids });
  const slack = await slackUsersOf(
    db,
    rows.flatMap(({ channel, staffId }) => (channel === "slack" && staffId ? [staffId] : [])),
  );
  return rows.map((row) => ({ ...row, to: addressOf(row, slack) }));
}
export type Copy = Awaited<ReturnType<typeof readCopies>>[number];

type Row = {
  channel: OutName;
  channelId: string | null;
  staffId: string | null;
  person: { email: string; status: StaffStatus } | null;
  target: { address: string; removedAt: Date | null } | null;
};

/** Where a copy goes now; null: nowhere any more. A webhook is told for whom, or for nobody in particular. */
function addressOf(row: Row, slack: ReadonlyMap<string, string>): string | null {
  const { channel, channelId, staffId, person, target } = row;
  if (target?.removedAt || (person && person.status !== "active")) return null;
  switch (channel) {
    case "mail":
      return person?.email ?? null;
    case "slack":
      return (staffId ? slack.get(staffId) : target?.address) ?? null;
    case "webhook":
      return channelId ? `${channelId}/${staffId ?? ""}` : null;
  }
}
