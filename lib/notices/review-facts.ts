import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Reader } from "#db/client.ts";
import { type Day, dayWords } from "#lib/kernel/days.ts";
import { lastDayBefore } from "#lib/reviews/reminder-rules.ts";
import { periodTitle } from "#lib/reviews/rules.ts";

/** A review as it waits for one reader at this moment. */
export type ReviewFacts = {
  /** "Third quarter 2026". */
  title: string;
  slug: string;
  isOpen: boolean;
  /** The last day on which it is in time. */
  due: string;
  /** Items that wait for this reader's decision. */
  own: number;
  /** Items that wait and have nobody who may decide, where seeing to them is the reader's. */
  nobodys: number;
};

type Row = {
  noticeId: string;
  slug: string;
  firstDay: Day;
  lastDay: Day;
  zone: string;
  isOpen: boolean;
  dueAt: string;
  own: number;
  nobodys: number;
};

const campaign = z.uuid().catch("");

/** The reviews that these notices' entries name, for the reader of each, by the notice's id. */
export async function readReviews(
  db: Reader,
  of: { id: string; readerId: string | null; body: Record<string, unknown> }[],
): Promise<Map<string, ReviewFacts>> {
  const asked = of
    .map(({ id, readerId, body }) => ({
      noticeId: id,
      readerId,
      campaignId: campaign.parse(body.campaign_id),
    }))
    .filter(({ campaignId }) => campaignId !== "");
  if (asked.length === 0) return new Map();
  const { rows } = await db.execute<Row>(sql`
    select t."noticeId", c.slug, c.first_day::text as "firstDay", c.last_day::text as "lastDay", c.zone,
      c.status = 'open' as "isOpen", c.due_at::text as "dueAt",
      (select count(*)::integer from undecided_items i where i.campaign_id = c.id and i.reviewer_id = t."readerId") as own,
      case when holds_role(t."readerId", 'compliance') then
        (select count(*)::integer from undecided_items i where i.campaign_id = c.id and i.reviewer_id is null) else 0 end as nobodys
    from json_to_recordset(${JSON.stringify(asked)}::json) as t("noticeId" uuid, "readerId" uuid, "campaignId" uuid)
      join campaigns c on c.id = t."campaignId"`);
  return new Map(
    rows.map(({ noticeId, firstDay, lastDay, zone, dueAt, ...row }) => [
      noticeId,
      {
        ...row,
        title: periodTitle(firstDay, lastDay),
        due: dayWords(lastDayBefore(new Date(dueAt), zone)),
      },
    ]),
  );
}
