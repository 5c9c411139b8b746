import { v7 as newId } from "uuid";
import type { Role } from "#lib/vocabulary.ts";
import { entry } from "./entry.ts";
import { inTransaction, type Scene } from "./scene.ts";
import type { Sql } from "./sql.ts";
import { insert, type Row } from "./sql.ts";

export type Review = { id: string; slug: string };

/**
 * An open review over every grant there is, opened by the owner. `reviewers` says who has the items of whom; whom it does
 * not name has nobody, or the first of `rest`, whose own are the second's: where a worker is, it hands on what nobody has.
 * Late where it is due in less than no days.
 */
export const openReview = (
  s: Pick<Scene, "owner">,
  reviewers: Record<string, string>,
  dueInDays = 30,
  rest: readonly [string, string] | null = null,
): Promise<Review> =>
  inTransaction(s.owner, async (sql) => {
    const id = newId();
    const review: Review = { id, slug: `2026-q4-${id.slice(-8)}` };
    const now = new Date();
    const startsAt = new Date(now.getTime() - 90 * 86_400_000);
    const by = Object.values(reviewers)[0];
    const body = { campaign_id: id };
    const openedEntryId = await entry(sql, "review.opened", by ? { actor: by, body } : { body });
    const { rows } = await sql.query<{ grants: number; people: number; policy: number | null }>(
      `select count(*)::int as grants, count(distinct staff_id)::int as people,
         (select max(version) from policy_versions) as policy
       from staff_roles where revoked_at is null or revoked_at > $1`,
      [startsAt],
    );
    await insert(sql, "campaigns", {
      ...{ id: review.id, slug: review.slug, zone: "UTC", starts_at: startsAt, ends_at: now },
      ...{ first_day: day(startsAt), last_day: day(now), through_at: now, opened_at: now },
      // Of a quarter only one opens by itself.
      opened_by: by,
      due_at: new Date(now.getTime() + dueInDays * 86_400_000),
      ...{ query: "select", counts: rows[0], policy_version: rows[0]?.policy, seed: 4471 },
      opened_entry_id: openedEntryId,
    });
    await sql.query(
      `with whose as (
         select p.*, coalesce(($2::jsonb ->> p.id::text)::uuid, case when p.id = $4 then $5::uuid else $4::uuid end) as reviewer from staff p)
       insert into review_items (id, campaign_id, number, grant_id, staff_id, name, email, team, kind, status, deactivated_at,
         manager_id, role, permissions, scopes, privileged, source, granted_at, granted_by, ended_at, reviewer_id, reviewer_how)
       select gen_random_uuid(), $1, row_number() over (order by p.name, p.id, g.role, g.id), g.id, p.id, p.name, p.email, p.team,
         p.kind, p.status, p.deactivated_at, p.manager_id, g.role, '{}',
         case when g.role <> 'agent' then '{}'::text[] when g.looking_only then '{read}' else '{read,write}' end,
         not (g.role = 'agent' and g.looking_only), 'set_up', g.granted_at, g.granted_by, g.revoked_at,
         p.reviewer, case when p.reviewer is not null then 'manager' end
       from staff_roles g join whose p on p.id = g.staff_id where g.revoked_at is null or g.revoked_at > $3`,
      [review.id, reviewers, startsAt, rest?.[0] ?? null, rest?.[1] ?? null],
    );
    await sql.query(
      `insert into review_assignments (id, item_id, reviewer_id, how, entry_id)
       select gen_random_uuid(), id, reviewer_id, reviewer_how, $2 from review_items where campaign_id = $1`,
      [review.id, openedEntryId],
    );
    await sql.query("update campaigns set counts = review_counts(id) where id = $1", [review.id]);
    return review;
  });

const day = (at: Date) => at.toISOString().slice(0, 10);

export type Item = {
  id: string;
  number: number;
  grant: string;
  person: string;
  role: Role;
  reviewer: string;
};

export async function itemOf(sql: Sql, review: Review, person: string, role: Role): Promise<Item> {
  const { rows } = await sql.query<Item>(
    `select id, number, grant_id as grant, staff_id as person, role, reviewer_id as reviewer from review_items
       where campaign_id = $1 and staff_id = $2 and role = $3 order by number desc limit 1`,
    [review.id, person, role],
  );
  const [item] = rows;
  if (!item) throw new Error("No such item");
  return item;
}

/*
 * The steps of a decision by plain SQL as the runtime role, each honest by itself; `more` overrides columns, so that an
 * attack says only what it does differently.
 */

export type Decision = { id: string; item: Item; decision: string; by: string | null };

export async function decide(
  sql: Sql,
  item: Item,
  more: Row & { body?: Record<string, unknown> } = {},
): Promise<Decision> {
  const { body, ...columns } = more;
  const decision = String(more.decision ?? "keep");
  const by = more.decided_by === undefined ? item.reviewer : null;
  const done: Decision = { id: newId(), item, decision, by };
  const row: Row = {
    ...{ id: done.id, item_id: item.id, decision, decided_by: by, decided_as: "manager" },
    justification: "The numbers are as expected",
    conflict_check: "No conflict",
    ...columns,
  };
  const actor = row.decided_by ? { actor: String(row.decided_by) } : {};
  const said = { item_id: item.id, decision, ...body };
  await insert(sql, "review_decisions", {
    entry_id: await entry(sql, "review.decided", { ...actor, body: said }),
    ...row,
  });
  return { ...done, by: row.decided_by ? String(row.decided_by) : null };
}

const rests = ({ id, item }: Decision, more: Record<string, unknown> = {}) => ({
  person: item.person,
  role: item.role,
  review_decision: id,
  ...more,
});

/** Takes a grant because of a decision: that of its item, or another one. */
export const take = async (sql: Sql, decision: Decision, grant = decision.item.grant) =>
  sql.query(
    "update staff_roles set revoked_entry_id = $1, revoked_at = clock_timestamp() where id = $2",
    [
      await entry(sql, "role.revoked", {
        ...(decision.by ? { actor: decision.by } : {}),
        body: rests(decision),
      }),
      grant,
    ],
  );

/** Gives what is left of a narrowed grant. */
export const leave = async (sql: Sql, decision: Decision, more: Row = {}) =>
  insert(sql, "staff_roles", {
    ...{
      id: newId(),
      staff_id: decision.item.person,
      role: decision.item.role,
      looking_only: true,
    },
    granted_entry_id: await entry(sql, "role.granted", {
      ...(decision.by ? { actor: decision.by } : {}),
      body: rests(decision, more.looking_only === false ? {} : { looking_only: "true" }),
    }),
    ...more,
  });

export async function follow(sql: Sql, { id, item, decision }: Decision, more: Row = {}) {
  const { rows } = await sql.query("select entry_id from review_decisions where id = $1", [id]);
  const remediation = newId();
  await insert(sql, "review_remediations", {
    ...{ id: remediation, item_id: item.id, decision_id: id, entry_id: rows[0]?.entry_id },
    kind: decision === "change" ? "looking_only" : "role_revoked",
    what: "Take it away",
    ...more,
  });
  return remediation;
}

export async function revoke(sql: Sql, item: Item): Promise<string> {
  const decision = await decide(sql, item, { decision: "revoke" });
  await take(sql, decision);
  return follow(sql, decision);
}
