import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Database } from "#db/client.ts";
import { detectors, findingStatuses } from "#lib/vocabulary.ts";
import { explanationBy } from "../finding-words.ts";
import type { Closed } from "./campaign.ts";

const finding = z.object({
  number: z.number(),
  detector: z.enum(detectors),
  actorId: z.uuid(),
  actor: z.string(),
  explanation: z.string(),
  raisedAt: z.coerce.date(),
  dueAt: z.coerce.date(),
  status: z.enum(findingStatuses),
  note: z.string().nullable(),
  byId: z.uuid().nullable(),
  by: z.string().nullable(),
  disposedAt: z.coerce.date().nullable(),
});
export type PackFinding = z.infer<typeof finding>;

const atOnce = 200;
const iso = (column: string) =>
  sql.raw(`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`);

/**
 * Findings that were raised or grew from the period's first moment to the closing, by their entries, as they stood then:
 * one that grew since is told in the words that its entries had by then, and is in no pack for that; one that was
 * disposed of since is open.
 */
export async function* allFindings(
  db: Database,
  { startsAt, throughAt, closedAt }: Closed,
  names: ReadonlyMap<string, string>,
): AsyncGenerator<PackFinding> {
  const closing = sql`${closedAt.toISOString()}::timestamptz`;
  for (let after = 0; ; ) {
    const { rows } = await db.execute(sql`
      with told as materialized (
        select distinct (p.body::jsonb ->> 'finding')::uuid as id from audit_entry e join audit_payload p on p.entry_id = e.id
        where e.event in ('finding.raised', 'finding.grown') and e.occurred_at >= ${startsAt.toISOString()}::timestamptz
          and e.occurred_at <= ${closing})
      select f.number, f.detector, f.actor_id as "actorId", a.name as actor, ${explanationBy(closing)} as explanation,
        ${iso("f.raised_at")} as "raisedAt", ${iso("f.due_at")} as "dueAt",
        case when f.disposed_at <= ${closing} then f.status else 'open' end as status,
        case when f.disposed_at <= ${closing} then f.note end as note, case when f.disposed_at <= ${closing} then f.disposed_by end as "byId",
        case when f.disposed_at <= ${closing} then b.name end as by,
        case when f.disposed_at <= ${closing} then ${iso("f.disposed_at")} end as "disposedAt"
      from findings f join staff a on a.id = f.actor_id left join staff b on b.id = f.disposed_by
      where f.number > ${after} and f.raised_at <= ${closing}
        and f.first_at < ${throughAt.toISOString()}::timestamptz
        and f.id in (select id from told)
      order by f.number limit ${atOnce}`);
    const page = z.array(finding).parse(rows);
    for (const one of page)
      yield {
        ...one,
        actor: names.get(one.actorId) ?? one.actor,
        by: (one.byId && names.get(one.byId)) ?? one.by,
      };
    const last = page.at(-1);
    if (!last || page.length < atOnce) return;
    after = last.number;
  }
}
