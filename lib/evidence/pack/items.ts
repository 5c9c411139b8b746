import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Reader } from "#db/client.ts";
import { item, type PackItem } from "./item.ts";
import { renamed } from "./renamed.ts";

const who = (alias: string) =>
  sql.raw(
    `case when ${alias}.id is not null then json_build_object('id', ${alias}.id, 'name', ${alias}.name) end`,
  );
const iso = (column: string) =>
  sql.raw(`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`);

const micros = (column: string) =>
  sql.raw(`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`);

/** Items of a review from a number on, with all that was done about each; at most `limit`. */
export async function readItems(
  db: Reader,
  campaignId: string,
  { after, upTo, limit }: { after: number; upTo?: number; limit: number },
  names: ReadonlyMap<string, string> = new Map(),
): Promise<PackItem[]> {
  const { rows } = await db.execute(sql`
    select i.id, i.number, i.staff_id as "staffId", i.name, i.email, i.team, i.kind, i.status, ${iso("i.deactivated_at")} as "deactivatedAt",
      i.manager_id as "managerId", i.manager_name as "managerName", i.role, i.permissions, i.scopes, i.privileged, i.source,
      i.grant_id as "grantId",
      ${micros("i.granted_at")} as "grantedAt", i.granted_by_name as "grantedBy", i.granted_by as "grantedById", ${micros("i.ended_at")} as "endedAt",
      case when i.ended_at is not null then (select g.revoked_entry_id from staff_roles g where g.id = i.grant_id) end as "endedEntryId",
      ${iso("i.last_used_at")} as "lastUsedAt", i.sessions, i.break_glass as "breakGlass", i.open_findings as "openFindings",
      ${who("r")} as reviewer, i.reviewer_how as "reviewerHow",
      coalesce((select json_agg(json_build_object('to', ${who("t")}, 'by', ${who("b")}, 'how', a.how, 'reason', a.reason, 'at', ${iso("a.at")}) order by a.at, a.id)
        from review_assignments a left join staff t on t.id = a.reviewer_id left join staff b on b.id = a.assigned_by
        where a.item_id = i.id and a.reason is not null), '[]') as reassignments,
      (select json_build_object('decision', d.decision, 'justification', d.justification, 'by', ${who("b")}, 'as', d.decided_as,
          'at', ${iso("d.decided_at")}, 'signInHow', d.sign_in_how, 'signInAge', d.sign_in_age, 'conflictCheck', d.conflict_check,
          'seconds', d.seconds, 'inBulk', d.in_bulk, 'sampleOpened', d.sample_opened, 'sampleSize', d.sample_size, 'entryId', d.entry_id)
        from review_decisions d left join staff b on b.id = d.decided_by where d.id = i.decision_id) as decision,
      (select json_build_object('id', m.id, 'kind', m.kind, 'what', m.what, 'by', ${who("b")}, 'at', ${iso("m.created_at")},
          'verifiedHow', m.verified_how, 'result', m.result, 'verifiedAt', ${iso("m.verified_at")}, 'entryId', m.entry_id,
          'verifiedEntryId', m.verified_entry_id)
        from review_remediations m join review_decisions d on d.id = m.decision_id left join staff b on b.id = d.decided_by
        where m.decision_id = i.decision_id and m.kind <> 'outside') as remediation,
      coalesce((select json_agg(json_build_object('id', m.id, 'what', m.what, 'owner', ${who("o")}, 'dueOn', to_char(m.due_on, 'YYYY-MM-DD'),
          'givenOn', coalesce((select json_agg(json_build_object('from', ${who("f")}, 'fromDueOn', to_char(h.from_due_on, 'YYYY-MM-DD'),
              'to', ${who("t")}, 'dueOn', to_char(h.due_on, 'YYYY-MM-DD'), 'by', ${who("y")}, 'at', ${iso("h.at")}, 'reason', h.reason,
              'entryId', h.entry_id) order by h.at, h.id)
            from review_tasks_given_on h left join staff f on f.id = h.from_id left join staff t on t.id = h.owner_id left join staff y on y.id = h.given_by
            where h.task_id = m.id), '[]'),
          'doneBy', ${who("b")}, 'doneAt', ${iso("m.done_at")}, 'verifiedHow', m.verified_how, 'result', m.result, 'verifiedBy', ${who("v")},
          'verifiedAt', ${iso("m.verified_at")}, 'entryId', m.entry_id, 'verifiedEntryId', m.verified_entry_id) order by m.created_at, m.id)
        from review_remediations m left join staff o on o.id = m.owner_id left join staff b on b.id = m.done_by
          left join audit_entry looked on looked.id = m.verified_entry_id left join staff v on v.id = looked.actor_id
        where m.item_id = i.id and m.kind = 'outside'), '[]') as tasks,
      (select json_build_object('owner', ${who("o")}, 'expiresOn', to_char(x.expires_on, 'YYYY-MM-DD'), 'reason', x.reason, 'by', ${who("b")},
          'at', ${iso("x.at")}, 'entryId', x.entry_id)
        from standing_exceptions x join staff o on o.id = x.owner_id join staff b on b.id = x.made_by where x.item_id = i.id) as exception,
      (select json_build_object('by', ${who("b")}, 'at', ${iso("g.revoked_at")}, 'entryId', g.revoked_entry_id)
        from staff_roles g left join staff b on b.id = g.revoked_by
        where g.id = i.grant_id and g.revoked_at is not null and i.ended_at is null and i.decision_id is null
          and not exists (select 1 from standing_exceptions x where x.item_id = i.id)) as taken
    from review_items i left join staff r on r.id = i.reviewer_id
    where i.campaign_id = ${campaignId}::uuid and i.number > ${after} and i.number <= ${upTo ?? 2_147_483_647}
    order by i.number limit ${limit}`);
  return z
    .array(item)
    .parse(rows)
    .map((one) => renamed(one, names));
}

const atOnce = 200;

/** All items, read on as they are taken: a review of thousands is never held as a whole. */
export async function* allItems(
  db: Reader,
  campaignId: string,
  names: ReadonlyMap<string, string>,
): AsyncGenerator<PackItem> {
  for (let after = 0; ; ) {
    const page = await readItems(db, campaignId, { after, limit: atOnce }, names);
    yield* page;
    const last = page.at(-1);
    if (!last || page.length < atOnce) return;
    after = last.number;
  }
}
