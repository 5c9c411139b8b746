import { desc, eq, isNotNull, sql } from "drizzle-orm";
import { noticeChannels, noticeDeliveries, notices } from "#db/schema/notices.ts";
import { staff } from "#db/schema/staff.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";

/** Copies whose last try was in vain, newest first, 50 at most; and how many wait to be sent. */
export async function readFailures({ db }: Ctx<StaffActor>) {
  const [rows, counted] = await Promise.all([
    db
      .select({
        id: noticeDeliveries.id,
        channel: noticeDeliveries.channel,
        status: noticeDeliveries.status,
        fault: noticeDeliveries.fault,
        tries: noticeDeliveries.tries,
        at: noticeDeliveries.createdAt,
        nextAt: noticeDeliveries.nextAt,
        kind: notices.kind,
        person: staff.name,
        place: noticeChannels.name,
      })
      .from(noticeDeliveries)
      .innerJoin(notices, eq(notices.id, noticeDeliveries.noticeId))
      .leftJoin(staff, eq(staff.id, notices.staffId))
      .leftJoin(noticeChannels, eq(noticeChannels.id, noticeDeliveries.channelId))
      .where(isNotNull(noticeDeliveries.fault))
      .orderBy(desc(noticeDeliveries.createdAt), desc(noticeDeliveries.id))
      .limit(50),
    db.execute<{ waiting: number }>(
      sql`select count(*)::integer as waiting from ${noticeDeliveries} where status = 'waiting'`,
    ),
  ]);
  return { rows, waiting: counted.rows[0]?.waiting ?? 0 };
}
export type Failure = Awaited<ReturnType<typeof readFailures>>["rows"][number];
