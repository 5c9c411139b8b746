import { withClient } from "#db/embedded/roles.ts";
import { actions, audit, requests, sessions, theProduct } from "./quarters-rows.ts";

/** Of eight quarters. A session has ten entries or so. */
export type Use = { sessions: number; staff: number; teams: number; accounts: number };
export const tenMillion: Use = { sessions: 1_000_000, staff: 5000, teams: 92, accounts: 20_000 };
const firstDay = "2024-10-01";
const days = 730;
/** The last of the eight quarters. */
export const lastQuarter = "2026-07-01";

/**
 * Fills a migrated database that has a policy and a product and no use yet with eight quarters of it, as its superuser and
 * with its triggers resting: the same for the same numbers. In the order of time, as it would have grown.
 *
 * Staff: 92 of 100 are agents, in teams; the others manage them, but for every fiftieth, who is compliance. Four zones.
 * Sessions: nine of ten on weekdays, within the actor's working hours but for one in thirty; 15 of 100 act. An agent keeps
 * to forty accounts; one in a hundred goes to four hundred. Three of ten are sensitive and approved by somebody, mostly a
 * manager of the team.
 */
export async function fillQuarters(superuserUrl: string, use: Use): Promise<void> {
  await withClient(superuserUrl, async (client) => {
    const run = (text: string, values?: unknown[]) => client.query(text, values);
    await run(`set session_replication_role = replica; set synchronous_commit = off; set jit = off;
      set maintenance_work_mem = '1GB'; set work_mem = '256MB'; set timezone = 'UTC'`);
    const { rows: triggers } = await run(
      `select tgrelid::regclass::text as "table", tgname as name, tgenabled as how from pg_trigger where not tgisinternal`,
    );
    const { rows: indexes } = await run(
      `select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition from pg_index i
       where i.indrelid = any ('{audit_entry,audit_index,requests,sessions,actions}'::regclass[])
         and not exists (select from pg_constraint c where c.conindid = i.indexrelid)`,
    );
    for (const table of new Set(triggers.map((one) => String(one.table))))
      await run(`alter table ${table} disable trigger user`);
    for (const { name } of indexes) await run(`drop index ${name}`);
    await run(people(use));
    await run(made(use));
    for (const text of [requests, sessions, actions, ...audit]) await run(text);
    await run("drop table made_sessions");
    for (const { definition } of indexes) await run(String(definition));
    for (const { table, name, how } of triggers)
      await run(
        `alter table ${table} enable ${how === "A" ? "always" : ""} trigger ${JSON.stringify(name)}`,
      );
    for (const table of [
      "audit_entry",
      "audit_payload",
      "audit_index",
      "audit_pending",
      "requests",
      "approvals",
      "sessions",
      "actions",
      "staff",
      "staff_roles",
    ])
      await run(`vacuum (analyze) ${table}`);
  });
}

const id = (kind: number, number: string) =>
  `('01930000-0000-7000-800${kind}-' || lpad(to_hex(${number}), 12, '0'))::uuid`;
/** Below `n`, by chance and the same in each run; `of` says for what. */
const chance = (n: number | string, of: number) => `(abs(hashint8extended(s.n, ${of}) % (${n})))`;

const people = ({ staff, teams, accounts }: Use) => `
  insert into staff (id, person_id, email, name, team, zone, created_at)
    select ${id(1, "n")}, ${id(1, "n")}, 'staff' || n || '@bench.test', (array['Ada','Bo','Cy','Di','Ed','Fay','Gus','Hal','Ida','Jo'])[1 + n % 10] || ' ' || 'Staff' || n,
      'Team ' || lpad((1 + n % ${teams})::text, 2, '0'),
      (array['Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'America/Los_Angeles'])[1 + n % ${teams} % 4], '${firstDay}'
    from generate_series(0, ${staff - 1}) n;
  insert into staff_roles (id, staff_id, role, granted_at)
    select ${id(5, "n")}, ${id(1, "n")}, case when n % 25 not in (23, 24) then 'agent' when n % 50 = 49 then 'compliance' else 'manager' end, '${firstDay}'
    from generate_series(0, ${staff - 1}) n;
  insert into staff_sign_ins (id, staff_id, created_at, ended_at, end_cause)
    select ${id(4, "n")}, ${id(1, "n")}, '${firstDay}', '${firstDay}', 'signed_out' from generate_series(0, ${staff - 1}) n;
  insert into accounts (id, product_id, external_id, name, tier, stance)
    select ${id(2, "n")}, ${theProduct}, 'acc_' || n, 'Account ' || n, (array['standard', 'standard', 'standard', 'enterprise', 'standard', 'enterprise', 'regulated'])[1 + n % 7], 'allowed'
    from generate_series(0, ${accounts - 1}) n;
  insert into subjects (id, product_id, account_id, external_id, name, email, role, status, kind, search)
    select ${id(3, "n")}, ${theProduct}, ${id(2, `n / 3`)}, 'usr_' || n, 'Person ' || n, 'person' || n || '@account' || n / 3 || '.test', 'member', 'active', 'person', ''
    from generate_series(0, ${accounts * 3 - 1}) n;
  analyze staff, accounts, subjects`;

/** What each session is, in the order of time; the rest is made from this. */
const made = ({ sessions: count, staff, teams, accounts }: Use) => `
  create unlogged table made_sessions as
  select m.*, ${id(1, "m.actor")} as actor_id, ${id(4, "m.actor")} as sign_in_id, ${id(1, "m.approver")} as approver_id,
    ${id(3, "m.subject")} as subject_id, ${id(2, "m.account")} as account_id,
    (before || '001' || behind)::uuid as request_id, (before || '002' || behind)::uuid as session_id
  from (
  with s as (
    select n, n * ${days} / ${count} as day from generate_series(0, ${count - 1}) n),
  worked as (
    select s.n, ${chance(staff, 1)} as drawn,
      case when extract(isodow from date '${firstDay}' + s.day) > 5 and ${chance(10, 2)} > 0 and s.day > 2 then s.day - 2 else s.day end as day,
      case when ${chance(30, 3)} = 0 then ${chance(24 * 60, 4)} else 8 * 60 + ${chance(10 * 60, 5)} end as minute
    from s),
  acted as (
    select s.n, s.day, s.minute, case when s.drawn % 25 in (23, 24) then s.drawn - 2 else s.drawn end as actor from worked s),
  touched as (
    select s.*, (s.actor * 37 + case when s.actor % 100 = 7 then ${chance(400, 6)} else ${chance(40, 6)} end) % ${accounts} as account,
      ${chance(100, 7)} < 15 as acts, ${chance(5, 8)} as more, ${chance(900, 9)} as waited, ${chance(1700, 10)} as lasted
    from acted s)
  select row_number() over (order by at) as n,
    lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '7' as before,
    '8' || lpad(to_hex(row_number() over (order by at)), 15, '0') as behind, at, actor, account, account * 3 + n % 3 as subject, acts, tier, tier <> 'standard' as sensitive,
    1 + more as views, case when acts then 3 + more % 3 else 0 end as writes, case when more = 0 and lasted % 4 = 0 then 2 else 0 end as refusals,
    case when waited < 12 then 3 + waited % 7 else 20 + waited end as waited, 80 + lasted as lasted,
    -- A manager of the team where there is one, every twentieth time anybody's.
    case when waited % 20 = 0 then (n * 7 % ${staff}) / 25 * 25 + 23 else (actor + ${teams} * (1 + waited % 2)) % ${staff} / 25 * 25 + 23 end as approver
  from (
    select s.*, (array['standard', 'standard', 'standard', 'enterprise', 'standard', 'enterprise', 'regulated'])[1 + account % 7] as tier,
      (date '${firstDay}' + s.day)::timestamp at time zone (array['Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'America/Los_Angeles'])[1 + actor % ${teams} % 4]
        + make_interval(mins => s.minute::integer, secs => s.n % 60) as at
    from touched s) s
  ) m order by m.n;
  analyze made_sessions`;
