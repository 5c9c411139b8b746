import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Database } from "#db/client.ts";
import type { Campaign } from "./campaign.ts";

const roster = z.object({
  source: z.string(),
  fileName: z.string().nullable(),
  sha256: z.string(),
  lines: z.number(),
  inBoth: z.number(),
  onlyInRoster: z.array(z.object({ email: z.string(), name: z.string() })),
  onlyInPanel: z.array(z.object({ email: z.string(), name: z.string() })),
  differ: z.array(z.object({ email: z.string(), name: z.string() })),
  byId: z.uuid(),
  by: z.string(),
  at: z.coerce.date(),
});
const summary = z.object({
  decided: z.record(z.string(), z.number()),
  byRole: z.record(z.string(), z.number()),
  late: z.number(),
  inBulk: z.number(),
  unassigned: z.number(),
  privileged: z.number(),
  handedOn: z.number(),
  reminders: z.number(),
  reviewers: z.number(),
  byPolicy: z.number(),
  firstAt: z.coerce.date().nullable(),
  lastAt: z.coerce.date().nullable(),
  medianSeconds: z.number().nullable(),
  changesOfMind: z.number(),
  /** Of what was taken here, by what came of trying it. */
  tried: z.record(z.string(), z.number()),
  tasks: z.number(),
  roster: roster.nullable(),
});
export type Summary = z.infer<typeof summary>;

const iso = (column: string) =>
  sql.raw(`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`);

/** What the whole of a review comes to. */
export async function readSummary(db: Database, campaign: Campaign): Promise<Summary> {
  const { id, dueAt } = campaign;
  const items = sql`review_items i where i.campaign_id = ${id}::uuid`;
  const of = (what: ReturnType<typeof sql>) =>
    sql`coalesce((select json_object_agg(k, n) from (select ${what} as k, count(*) as n from ${items} group by 1) t), '{}')`;
  const { rows } = await db.execute(sql`select
    ${of(sql`case when i.ended_at is not null and i.decision is null then 'ended' when i.decision is not null then i.decision
      when exists (select 1 from standing_exceptions x where x.item_id = i.id) then 'exception' when not grant_held(i.grant_id) then 'taken' else 'undecided' end`)} as decided,
    ${of(sql`i.role`)} as "byRole",
    (select count(*) from ${items} and i.privileged)::integer as privileged,
    (select count(*) from ${items} and i.reviewer_id is null)::integer as unassigned,
    (select count(*) from review_items i join review_decisions d on d.id = i.decision_id where i.campaign_id = ${id}::uuid and d.decided_at >= ${dueAt.toISOString()}::timestamptz)::integer as late,
    (select count(*) from review_items i join review_decisions d on d.id = i.decision_id where i.campaign_id = ${id}::uuid and d.in_bulk)::integer as "inBulk",
    (select count(*) from review_items i join review_assignments a on a.item_id = i.id where i.campaign_id = ${id}::uuid and a.reason is not null)::integer as "handedOn",
    (select count(*) from review_reminders m where m.campaign_id = ${id}::uuid)::integer as reminders,
    made.*, (select count(*) from review_items i join review_decisions d on d.item_id = i.id
      where i.campaign_id = ${id}::uuid and d.id <> i.decision_id)::integer as "changesOfMind",
    coalesce((select json_object_agg(k, n) from (select coalesce(m.result, 'not_tried') as k, count(*) as n
      from review_items i join review_remediations m on m.decision_id = i.decision_id and m.kind <> 'outside'
      where i.campaign_id = ${id}::uuid group by 1) t), '{}') as tried,
    (select count(*) from review_items i join review_remediations m on m.item_id = i.id and m.kind = 'outside'
      where i.campaign_id = ${id}::uuid)::integer as tasks,
    (select json_build_object('source', c.source, 'fileName', c.file_name, 'sha256', c.sha256, 'lines', c.lines, 'inBoth', c.in_both,
        'onlyInRoster', c.only_in_roster, 'onlyInPanel', c.only_in_panel, 'differ', c.differ, 'byId', c.compared_by, 'by', p.name,
        'at', to_char(c.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
      from roster_comparisons c join staff p on p.id = c.compared_by where c.campaign_id = ${id}::uuid order by c.at desc, c.id desc limit 1) as roster
    from (select count(distinct d.decided_by)::integer as reviewers, count(*) filter (where d.decided_by is null)::integer as "byPolicy",
        ${iso("(min(d.decided_at) filter (where d.decided_by is not null))")} as "firstAt", ${iso("(max(d.decided_at) filter (where d.decided_by is not null))")} as "lastAt",
        percentile_disc(0.5) within group (order by d.seconds) filter (where not d.in_bulk) as "medianSeconds"
      from review_items i join review_decisions d on d.id = i.decision_id where i.campaign_id = ${id}::uuid) made`);
  return summary.parse(rows[0]);
}

const named = z.array(z.object({ id: z.string(), name: z.string() }));

/** Of these people, what they are called, or were when the review closed. */
export async function namesOf(
  db: Database,
  ids: readonly (string | null)[],
  names: ReadonlyMap<string, string>,
): Promise<(id: string | null) => string | null> {
  const wanted = ids.filter((id) => id !== null);
  const { rows } = await db.execute(
    sql`select id, name from staff where id in (select value::uuid from jsonb_array_elements_text(${JSON.stringify(wanted)}::jsonb))`,
  );
  const found = new Map(named.parse(rows).map(({ id, name }) => [id, name]));
  return (id) => (id === null ? null : (names.get(id) ?? found.get(id) ?? id));
}
