import { sql } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";

/**
 * Draws which sessions a reviewer is asked to open: of each agent whose access can still be decided on, every session of
 * the period that broke the glass or has an open finding, and a share of all by chance, also those by a grant of theirs
 * that has ended since.
 * Chance is the SHA-256 of "seed session" in hex, the smallest first, so that anybody who knows the seed draws the same.
 */
export async function drawSamples(
  tx: Transaction,
  campaignId: string,
  share: number,
): Promise<void> {
  await tx.execute(sql`
    with of as (
      select i.id, i.staff_id, c.seed, c.starts_at, c.through_at
      from review_items i join campaigns c on c.id = i.campaign_id
      where c.id = ${campaignId}::uuid and i.role = 'agent' and i.ended_at is null),
    ranked as (
      select of.id as item_id, s.id as session_id, count(*) over (partition by of.id) as all_of_them,
        row_number() over (partition by of.id
          order by encode(sha256(convert_to(of.seed || ' ' || s.id, 'UTF8')), 'hex'), s.id) as place
      from of join sessions s on s.actor_id = of.staff_id and s.started_at >= of.starts_at and s.started_at < of.through_at),
    found as (
      select distinct fs.session_id from finding_sessions fs join findings f on f.id = fs.finding_id where f.status = 'open'),
    broken as (
      select s.id as session_id from requests g join sessions s on s.request_id = g.id where g.break_glass)
    insert into review_samples (item_id, session_id, why)
    select r.item_id, r.session_id,
      case when b.session_id is not null then 'break_glass' when f.session_id is not null then 'finding' else 'chance' end
    from ranked r left join found f on f.session_id = r.session_id left join broken b on b.session_id = r.session_id
    where b.session_id is not null or f.session_id is not null or r.place <= ceil(r.all_of_them * ${share}::numeric)`);
}
