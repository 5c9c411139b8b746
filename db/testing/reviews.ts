import { v7 as newId } from "uuid";
import { daysAway } from "./days.ts";
import { entry } from "./entry.ts";
import { insert, type Row, type Sql } from "./sql.ts";

/*
 * A review by plain SQL as the runtime role: honest by itself, so that an attack says only what it does differently.
 */

export type Review = { id: string; entryId: string };

/** The row of a review of the last ten days, with its entry; the rest follows in the same transaction. */
export async function openReview(sql: Sql, by: string, more: Row = {}): Promise<Review> {
  const id = newId();
  const entryId = await entry(sql, "review.opened", { actor: by, body: { campaign_id: id } });
  const now = new Date();
  await insert(sql, "campaigns", {
    ...{ id, slug: id, zone: "UTC", opened_by: by },
    ...{ first_day: daysAway(-10), last_day: daysAway(0) },
    ...{ starts_at: now, ends_at: now, through_at: now, due_at: now },
    ...{ query: "select", counts: {}, policy_version: 1, seed: 1, opened_entry_id: entryId },
    ...more,
  });
  return { id, entryId };
}

/** The items of a review: every grant of its period, or only those where `only` holds; `more` sets columns by SQL. */
export async function addItems(
  sql: Sql,
  review: Review,
  reviewer: string,
  { only = "true", more = {} }: { only?: string; more?: Record<string, string> } = {},
): Promise<void> {
  const columns: Record<string, string> = {
    id: "gen_random_uuid()",
    campaign_id: "c.id",
    number: "row_number() over (order by g.id)",
    grant_id: "g.id",
    staff_id: "p.id",
    name: "p.name",
    email: "p.email",
    team: "p.team",
    kind: "p.kind",
    status: "p.status",
    deactivated_at: "p.deactivated_at",
    manager_id: "p.manager_id",
    manager_name: "(select name from staff where id = p.manager_id)",
    role: "g.role",
    permissions: "'{}'",
    scopes:
      "case when g.role <> 'agent' then '{}'::text[] when g.looking_only then '{read}' else '{read,write}' end",
    privileged: "not (g.role = 'agent' and g.looking_only)",
    source:
      "case when g.granted_by is not null then 'panel' when g.granted_entry_id is not null then 'command' else 'set_up' end",
    granted_at: "g.granted_at",
    granted_by: "g.granted_by",
    granted_by_name: "(select name from staff where id = g.granted_by)",
    ended_at: "case when g.revoked_at <= c.opened_at then g.revoked_at end",
    reviewer_id: `case when p.id <> '${reviewer}' then '${reviewer}'::uuid end`,
    reviewer_how: `case when p.id <> '${reviewer}' then 'other_manager' end`,
    ...more,
  };
  await sql.query(
    `insert into review_items (${Object.keys(columns).join(", ")}) select ${Object.values(columns).join(", ")}
     from campaigns c join staff_roles g on g.granted_at < c.through_at and (g.revoked_at is null or g.revoked_at > c.starts_at)
       join staff p on p.id = g.staff_id where c.id = $1 and ${only}`,
    [review.id],
  );
}

/** Gives the items out and counts them. */
export async function giveOut(sql: Sql, review: Review): Promise<void> {
  await sql.query(
    `insert into review_assignments (id, item_id, reviewer_id, how, entry_id)
       select gen_random_uuid(), id, reviewer_id, reviewer_how, $2 from review_items where campaign_id = $1`,
    [review.id, review.entryId],
  );
  await sql.query(
    `update campaigns c set counts = review_counts(c.id) || jsonb_build_object('onRecord', (
         select jsonb_build_object('grants', count(*), 'endedBefore', count(*) filter (where g.revoked_at <= c.starts_at),
           'givenAfter', count(*) filter (where g.granted_at >= c.through_at), 'people', (select count(*) from staff),
           'withoutRight', (select count(*) from staff where id not in (select staff_id from review_items where campaign_id = c.id)))
         from staff_roles g)) where id = $1`,
    [review.id],
  );
}

/** All of it. */
export async function review(sql: Sql, by: string, reviewer: string): Promise<Review> {
  const opened = await openReview(sql, by);
  await addItems(sql, opened, reviewer);
  await giveOut(sql, opened);
  return opened;
}

/** The item of this person's (first) grant of a role. */
export async function itemOf(
  sql: Sql,
  { id }: Review,
  person: string,
  role = "agent",
): Promise<string> {
  const { rows } = await sql.query(
    "select id from review_items where campaign_id = $1 and staff_id = $2 and role = $3 order by number",
    [id, person, role],
  );
  return rows[0].id;
}

/** Hands an item on; `more` overrides columns. */
export async function handOn(
  sql: Sql,
  item: string,
  by: string,
  to: string,
  more: Row = {},
): Promise<void> {
  const entry_id =
    more.entry_id ?? (await entry(sql, "review.handed_on", { actor: by, body: { item_id: item } }));
  await insert(sql, "review_assignments", {
    ...{ id: newId(), item_id: item, reviewer_id: to, how: "handed_on", assigned_by: by },
    ...{ reason: "Away until the review is due", ...more, entry_id },
  });
}

/** Closes it, without deciding anything. */
export async function closeReview(
  sql: Sql,
  { id }: Review,
  by: string,
  more: Row = {},
): Promise<void> {
  const body = { campaign_id: id };
  const entryId = await entry(sql, "review.closed", { actor: by, body });
  const row: Row = {
    ...{ status: "closed", closed_at: new Date(), closed_by: by, closed_entry_id: entryId },
    ...{ statement: "Every item was decided by somebody without a conflict.", ...more },
  };
  const sets = Object.keys(row).map((column, i) => `${column} = $${i + 2}`);
  await sql.query(`update campaigns set ${sets.join(", ")} where id = $1`, [
    id,
    ...Object.values(row),
  ]);
}

/** An exception by compliance; `more` overrides columns. */
export async function except(
  sql: Sql,
  item: string,
  by: string,
  owner: string,
  more: Row = {},
): Promise<void> {
  const body = { item_id: item, owner };
  const entry_id = await entry(sql, "review.excepted", { actor: by, body });
  await insert(sql, "review_exceptions", {
    ...{ id: newId(), item_id: item, owner_id: owner, made_by: by, entry_id },
    ...{
      expires_on: daysAway(30),
      reason: "The reviewer is on leave",
      ...more,
    },
  });
}
