import { eq, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { Reader } from "#db/client.ts";
import { products } from "#db/schema/directory.ts";
import { staff } from "#db/schema/staff.ts";
import { tiers } from "#lib/vocabulary.ts";
import type { ExposureOf } from "./exports/schemas.ts";

/** The first moment of a day in UTC, or of one some days later. */
export const day = (text: string, later: number): SQL =>
  sql`(${text}::date + ${later}::integer)::timestamp at time zone 'UTC'`;

/**
 * The sessions `s` of an actor or in a product that lasted into these days, with all that was done in them: what came over
 * midnight is counted on both sides of it. None lasts longer than 60 minutes, so that the index on the start serves.
 */
const those = ({ of, id, from, to }: ExposureOf): SQL => sql`
  ${of === "actor" ? sql`s.actor_id` : sql`s.product_id`} = ${id} and s.started_at >= ${day(from, 0)} - interval '60 minutes'
    and s.started_at < ${day(to, 1)} and coalesce(s.ended_at, s.expires_at) >= ${day(from, 0)}`;

const totals = z.object({
  sessions: z.number(),
  acting: z.number(),
  accounts: z.number(),
  subjects: z.number(),
  reads: z.number(),
  writes: z.number(),
  refused: z.number(),
  exports: z.number(),
  resources: z.number(),
});
export type Totals = z.infer<typeof totals>;

/** Whose traces they are; null for unknown. */
export async function exposureName(db: Reader, { of, id }: ExposureOf): Promise<string | null> {
  const table = of === "actor" ? staff : products;
  const [found] = await db.select({ name: table.name }).from(table).where(eq(table.id, id));
  return found?.name ?? null;
}

/** How far it reached: people, accounts, what was done. Each counted once, however many sessions there were. */
export async function exposureTotals(db: Reader, exposure: ExposureOf): Promise<Totals> {
  const { rows } = await db.execute(sql`
    with mine as materialized (select s.id, s.account_id, s.subject_id, s.scope from sessions s where ${those(exposure)}),
    done as (select count(*) filter (where a.phase = 'view')::int as reads,
        count(*) filter (where a.phase = 'attempt')::int as writes, count(*) filter (where a.phase = 'refused')::int as refused,
        count(*) filter (where a.phase = 'attempt' and a.effect = 'export')::int as exports
      from mine m join actions a on a.session_id = m.id),
    opened as (select count(*)::int as resources from (select distinct m.subject_id, a.resource
      from mine m join actions a on a.session_id = m.id where a.resource is not null and a.phase <> 'refused') r)
    select done.*, opened.resources, reach.* from done, opened, (select count(*)::int as sessions,
      count(*) filter (where scope = 'write')::int as acting, count(distinct account_id)::int as accounts,
      count(distinct subject_id)::int as subjects from mine) reach`);
  return totals.parse(rows[0]);
}

/** Of how many people. */
export async function exposedCount(db: Reader, exposure: ExposureOf): Promise<number> {
  const { rows } = await db.execute<{ n: number }>(
    sql`select count(distinct s.subject_id)::int as n from sessions s where ${those(exposure)}`,
  );
  return rows[0]?.n ?? 0;
}

const kind = z.object({
  kind: z.string(),
  subjects: z.number(),
  seen: z.number(),
  written: z.number(),
});
export type Kind = z.infer<typeof kind>;

/** The kinds of data, as the product names them, with how many people they were of; most people first. */
export async function exposureKinds(db: Reader, exposure: ExposureOf): Promise<Kind[]> {
  const { rows } = await db.execute(sql`
    select kind, count(*)::int as subjects, sum(seen)::int as seen, sum(written)::int as written from (
      select k as kind, g.subject_id, sum(g.seen) as seen, sum(g.written) as written from (
        select s.subject_id, a.kinds, count(*) filter (where a.phase = 'view') as seen, count(*) filter (where a.phase = 'attempt') as written
        from sessions s join actions a on a.session_id = s.id where ${those(exposure)} and a.phase <> 'refused' group by 1, 2) g,
      unnest(g.kinds) k group by 1, 2) each group by 1 order by 2 desc, 1 limit 200`);
  return z.array(kind).parse(rows);
}

const account = z.object({
  id: z.uuid(),
  name: z.string(),
  tier: z.enum(tiers),
  subjects: z.number(),
  sessions: z.number(),
  acting: z.number(),
  writes: z.number(),
  exports: z.number(),
});
export type ExposedAccount = z.infer<typeof account>;

/** The accounts that it reached, most people first: each is to be told. At most `limit`; the export names every one. */
export async function exposedAccounts(
  db: Reader,
  exposure: ExposureOf,
  limit: number,
): Promise<ExposedAccount[]> {
  const { rows } = await db.execute(sql`
    with first as materialized (select s.account_id, count(distinct s.subject_id)::int as subjects, count(*)::int as sessions,
        count(*) filter (where s.scope = 'write')::int as acting
      from sessions s where ${those(exposure)} group by 1 order by 2 desc, 3 desc, 1 limit ${limit})
    select c.id, c.name, c.tier, f.subjects, f.sessions, f.acting, w.writes, w.exports
    from first f join accounts c on c.id = f.account_id cross join lateral (
      select count(*)::int as writes, count(*) filter (where a.effect = 'export')::int as exports from sessions s
      join actions a on a.session_id = s.id and a.phase = 'attempt' where s.account_id = f.account_id and ${those(exposure)}) w
    order by f.subjects desc, f.sessions desc, c.id`);
  return z.array(account).parse(rows);
}

const person = z.object({
  id: z.uuid(),
  external_id: z.string(),
  name: z.string(),
  lang: z.string().nullable(),
  account_id: z.uuid(),
  account: z.string(),
  tier: z.string(),
  sessions: z.number(),
  acting: z.number(),
  first: z.string(),
  last: z.string(),
  reads: z.number(),
  writes: z.number(),
  exports: z.number(),
  kinds: z.array(z.string()),
});
export type Exposed = z.infer<typeof person>;

const iso = (column: SQL): SQL =>
  sql`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;

/** The people it reached, by id, from after the one that is given: a page, or a batch of an export. */
export async function exposedPeople(
  db: Reader,
  exposure: ExposureOf,
  after: string | null,
  limit: number,
): Promise<Exposed[]> {
  const { rows } = await db.execute(sql`
    select p.id, p.external_id, p.name, p.lang, c.id as account_id, c.name as account, c.tier, g.*, k.kinds
    from (
      select s.subject_id, count(*)::int as sessions, count(*) filter (where s.scope = 'write')::int as acting,
        ${iso(sql`min(s.started_at)`)} as first, ${iso(sql`max(s.started_at)`)} as last, sum(a.reads)::int as reads,
        sum(a.writes)::int as writes, sum(a.exports)::int as exports
      from sessions s, lateral (select count(*) filter (where a.phase = 'view') as reads,
          count(*) filter (where a.phase = 'attempt') as writes,
          count(*) filter (where a.phase = 'attempt' and a.effect = 'export') as exports
        from actions a where a.session_id = s.id) a
      where s.subject_id in (select s.subject_id from sessions s
          where ${those(exposure)} ${after ? sql`and s.subject_id > ${after}::uuid` : sql``}
          group by 1 order by 1 limit ${limit})
        and ${those(exposure)}
      group by s.subject_id) g
    join subjects p on p.id = g.subject_id join accounts c on c.id = p.account_id
    cross join lateral (select coalesce(array_agg(distinct k order by k), '{}') as kinds
      from sessions s join actions a on a.session_id = s.id, unnest(a.kinds) k
      where s.subject_id = p.id and ${those(exposure)} and a.phase <> 'refused') k
    order by p.id`);
  return z.array(person).parse(rows);
}
