import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Database } from "#db/client.ts";
import {
  assignments,
  attestations,
  grantSources,
  remediationKinds,
  remediationResults,
  roles,
  scopes,
  staffKinds,
  staffStatuses,
} from "#lib/vocabulary.ts";

const time = z.coerce.date().nullable();
const person = z.object({ id: z.uuid(), name: z.string() }).nullable();

const item = z.object({
  id: z.uuid(),
  number: z.number(),
  staffId: z.uuid(),
  name: z.string(),
  email: z.string(),
  team: z.string(),
  kind: z.enum(staffKinds),
  status: z.enum(staffStatuses),
  deactivatedAt: time,
  managerId: z.uuid().nullable(),
  managerName: z.string().nullable(),
  role: z.enum(roles),
  permissions: z.array(z.string()),
  scopes: z.array(z.enum(scopes)),
  privileged: z.boolean(),
  source: z.enum(grantSources),
  grantedAt: z.coerce.date(),
  grantedBy: z.string().nullable(),
  endedAt: time,
  lastUsedAt: time,
  sessions: z.number(),
  breakGlass: z.number(),
  openFindings: z.number(),
  reviewer: person,
  reviewerHow: z.enum(assignments).nullable(),
  /** After the first: who had it next, by whom and why. */
  reassignments: z.array(
    z.object({
      to: person,
      by: person,
      how: z.enum(assignments).nullable(),
      reason: z.string().nullable(),
      at: z.coerce.date(),
    }),
  ),
  decision: z
    .object({
      decision: z.enum(attestations),
      justification: z.string(),
      by: person,
      as: z.enum(roles).nullable(),
      at: z.coerce.date(),
      signInHow: z.string().nullable(),
      signInAge: z.number().nullable(),
      conflictCheck: z.string(),
      seconds: z.number().nullable(),
      inBulk: z.boolean(),
      sampleOpened: z.number(),
      sampleSize: z.number(),
      entryId: z.uuid(),
    })
    .nullable(),
  remediation: z
    .object({
      id: z.uuid(),
      kind: z.enum(remediationKinds),
      what: z.string(),
      by: person,
      at: time,
      verifiedHow: z.string().nullable(),
      result: z.enum(remediationResults).nullable(),
      verifiedAt: time,
      entryId: z.uuid(),
      verifiedEntryId: z.uuid().nullable(),
    })
    .nullable(),
  /** What was to be done elsewhere: beside what was taken and tried here, never in its place. */
  tasks: z.array(
    z.object({
      id: z.uuid(),
      what: z.string(),
      owner: person,
      dueOn: z.string(),
      doneBy: person,
      doneAt: time,
      verifiedHow: z.string().nullable(),
      result: z.enum(remediationResults).nullable(),
      verifiedBy: person,
      verifiedAt: time,
      entryId: z.uuid(),
      verifiedEntryId: z.uuid().nullable(),
    }),
  ),
  /** Undecided, because somebody took the right before anybody decided, outside of the review. */
  taken: z.object({ by: person, at: z.coerce.date(), entryId: z.uuid().nullable() }).nullable(),
  exception: z
    .object({
      owner: person,
      expiresOn: z.string(),
      reason: z.string(),
      by: person,
      at: z.coerce.date(),
      entryId: z.uuid(),
    })
    .nullable(),
});
export type PackItem = z.infer<typeof item>;

const who = (alias: string) =>
  sql.raw(
    `case when ${alias}.id is not null then json_build_object('id', ${alias}.id, 'name', ${alias}.name) end`,
  );
const iso = (column: string) =>
  sql.raw(`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`);

/** Items of a review from a number on, with all that was done about each; at most `limit`. */
export async function readItems(
  db: Database,
  campaignId: string,
  { after, upTo, limit }: { after: number; upTo?: number; limit: number },
  names: ReadonlyMap<string, string> = new Map(),
): Promise<PackItem[]> {
  const { rows } = await db.execute(sql`
    select i.id, i.number, i.staff_id as "staffId", i.name, i.email, i.team, i.kind, i.status, ${iso("i.deactivated_at")} as "deactivatedAt",
      i.manager_id as "managerId", i.manager_name as "managerName", i.role, i.permissions, i.scopes, i.privileged, i.source,
      ${iso("i.granted_at")} as "grantedAt", i.granted_by_name as "grantedBy", ${iso("i.ended_at")} as "endedAt",
      ${iso("i.last_used_at")} as "lastUsedAt", i.sessions, i.break_glass as "breakGlass", i.open_findings as "openFindings",
      ${who("r")} as reviewer, i.reviewer_how as "reviewerHow",
      coalesce((select json_agg(json_build_object('to', ${who("t")}, 'by', ${who("b")}, 'how', a.how, 'reason', a.reason, 'at', ${iso("a.at")}) order by a.at, a.id)
        from review_assignments a left join staff t on t.id = a.reviewer_id left join staff b on b.id = a.assigned_by
        where a.item_id = i.id and a.how = 'handed_on'), '[]') as reassignments,
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
          'doneBy', ${who("b")}, 'doneAt', ${iso("m.done_at")}, 'verifiedHow', m.verified_how, 'result', m.result, 'verifiedBy', ${who("v")},
          'verifiedAt', ${iso("m.verified_at")}, 'entryId', m.entry_id, 'verifiedEntryId', m.verified_entry_id) order by m.created_at, m.id)
        from review_remediations m left join staff o on o.id = m.owner_id left join staff b on b.id = m.done_by
          left join audit_entry looked on looked.id = m.verified_entry_id left join staff v on v.id = looked.actor_id
        where m.item_id = i.id and m.kind = 'outside'), '[]') as tasks,
      (select json_build_object('owner', ${who("o")}, 'expiresOn', to_char(x.expires_on, 'YYYY-MM-DD'), 'reason', x.reason, 'by', ${who("b")},
          'at', ${iso("x.at")}, 'entryId', x.entry_id)
        from review_exceptions x join staff o on o.id = x.owner_id join staff b on b.id = x.made_by where x.item_id = i.id) as exception,
      (select json_build_object('by', ${who("b")}, 'at', ${iso("g.revoked_at")}, 'entryId', g.revoked_entry_id)
        from staff_roles g left join staff b on b.id = g.revoked_by
        where g.id = i.grant_id and g.revoked_at is not null and i.ended_at is null and i.decision_id is null
          and not exists (select 1 from review_exceptions x where x.item_id = i.id)) as taken
    from review_items i left join staff r on r.id = i.reviewer_id
    where i.campaign_id = ${campaignId}::uuid and i.number > ${after} and i.number <= ${upTo ?? 2_147_483_647}
    order by i.number limit ${limit}`);
  return z
    .array(item)
    .parse(rows)
    .map((one) => renamed(one, names));
}

/** With the names that people had then. */
function renamed(one: PackItem, names: ReadonlyMap<string, string>): PackItem {
  if (names.size === 0) return one;
  const then = (of: z.infer<typeof person>) => of && { ...of, name: names.get(of.id) ?? of.name };
  return {
    ...one,
    reviewer: then(one.reviewer),
    reassignments: one.reassignments.map((each) => ({
      ...each,
      to: then(each.to),
      by: then(each.by),
    })),
    decision: one.decision && { ...one.decision, by: then(one.decision.by) },
    remediation: one.remediation && { ...one.remediation, by: then(one.remediation.by) },
    tasks: one.tasks.map((task) => ({
      ...task,
      owner: then(task.owner),
      doneBy: then(task.doneBy),
      verifiedBy: then(task.verifiedBy),
    })),
    taken: one.taken && { ...one.taken, by: then(one.taken.by) },
    exception: one.exception && {
      ...one.exception,
      owner: then(one.exception.owner),
      by: then(one.exception.by),
    },
  };
}

const atOnce = 200;

/** All items, read on as they are taken: a review of thousands is never held as a whole. */
export async function* allItems(
  db: Database,
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
