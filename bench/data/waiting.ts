import { withClient } from "#db/embedded/roles.ts";

/** Requests that are over, and such as wait; of so many agents, for managers of no team of theirs. */
export type Waiting = { past: number; pending: number; agents: number; managers: number };

/**
 * Fills a migrated database that has a policy and a product with requests, as its superuser and with the triggers resting:
 * past ones of 400 days, of which every fourth needed an approval, and pending ones of the last three hours, which all do.
 */
export async function fillWaiting(superuserUrl: string, use: Waiting): Promise<void> {
  const { past, pending, agents, managers } = use;
  await withClient(superuserUrl, async (client) => {
    const run = (text: string) => client.query(text);
    await run(
      "set session_replication_role = replica; set synchronous_commit = off; set jit = off",
    );
    const { rows: triggers } = await client.query<{ table: string; name: string; how: string }>(
      `select tgrelid::regclass::text as "table", tgname as name, tgenabled as how from pg_trigger
        where not tgisinternal and tgrelid = any ('{staff,staff_roles,staff_managers,accounts,subjects,requests}'::regclass[])`,
    );
    for (const table of new Set(triggers.map((one) => one.table)))
      await run(`alter table ${table} disable trigger user`);
    await run(`insert into staff (id, email, name, team, person_id, created_at)
      select id, n || '@bench.test', 'Person ' || n, 'Team ' || n % 50, id, now() - interval '2 years'
      from (select n, gen_random_uuid() as id from generate_series(1, ${agents + managers}) n) t`);
    await run(`insert into staff_managers (staff_id, manager_id, since)
      select id, manager_id, created_at from staff on conflict do nothing`);
    await run(`insert into staff_roles (id, staff_id, role, granted_at)
      select gen_random_uuid(), id, case when split_part(email, '@', 1)::int > ${agents} then 'manager' else 'agent' end, now() - interval '2 years'
      from staff where email like '%@bench.test'`);
    await run(`insert into accounts (id, product_id, external_id, name, tier, stance)
      select gen_random_uuid(), (select id from products limit 1), 'bench_' || n, 'Account ' || n, 'regulated', 'allowed'
      from generate_series(1, 1000) n`);
    await run(`insert into subjects (id, product_id, account_id, external_id, name, email, role, status, kind)
      select gen_random_uuid(), a.product_id, a.id, a.external_id || '_' || n, 'Jane Doe ' || n, a.external_id || n || '@bench.test', 'member', 'active', 'person'
      from accounts a, generate_series(1, 2) n where a.external_id like 'bench%'`);
    await run(`create temp table agent as select id, row_number() over () - 1 as n from staff where email like '%@bench.test' and split_part(email, '@', 1)::int <= ${agents};
      create temp table person as select id, account_id, product_id, row_number() over () - 1 as n from subjects where external_id like 'bench%';
      analyze agent; analyze person`);
    const columns = `id, actor_id, subject_id, account_id, product_id, scope, minutes, reason_category, lawful_basis, reason, caller_check,
      ticket, policy_version, sensitive, sensitive_because, approvals_needed, requirements, ask_hash, status, created_at, lapses_at,
      granted_at, granted_minutes, start_by, closed_at, asked_entry_id, granted_entry_id, closed_entry_id`;
    const row = (
      needs: string,
      status: string,
      times: string,
    ) => `gen_random_uuid(), a.id, p.id, p.account_id, p.product_id,
      case when k % 7 = 0 then 'write' else 'read' end, 30, 'bug', 'contract', 'The list shows every invoice twice since Monday.', 'signed_in_ticket',
      'SUP-' || 1000 + k % 9000, (select max(version) from policy_versions), ${needs}, case when ${needs} then '{regulated}'::text[] else '{}' end,
      case when ${needs} then 1 else 0 end, case when ${needs} then '[{"by": "manager", "votes": 1}]'::jsonb else '[]' end,
      sha256(k::text::bytea), ${status}, ${times}`;
    const made = (n: number) =>
      `from generate_series(1, ${n}) k join agent a on a.n = k % ${agents} join person p on p.n = k % 2000`;
    await run(
      `insert into requests (${columns}) select ${row(
        "k % 4 = 0",
        "case when k % 40 = 0 then 'denied' else 'used' end",
        `t, t + interval '4 hours', case when k % 40 <> 0 then t end, case when k % 40 <> 0 then 30 end, case when k % 40 <> 0 then t + interval '30 minutes' end,
       t + interval '2 minutes', gen_random_uuid(), case when k % 40 <> 0 then gen_random_uuid() end, gen_random_uuid()`,
      )} ${made(past)}, lateral (select now() - interval '400 days' + k * interval '400 days' / ${past}) as at(t)`,
    );
    await run(
      `insert into requests (${columns}) select ${row(
        "true",
        "'pending'",
        "now() - interval '3 hours' + k * interval '1 second', now() + interval '20 hours', null, null, null, null, gen_random_uuid(), null, null",
      )} ${made(pending)}`,
    );
    for (const { table, name, how } of triggers)
      await run(
        `alter table ${table} enable ${how === "A" ? "always" : ""} trigger ${JSON.stringify(name)}`,
      );
    for (const table of [
      "staff",
      "staff_roles",
      "staff_managers",
      "requests",
      "approvals",
      "subjects",
      "accounts",
    ])
      await run(`vacuum (analyze) ${table}`);
  });
}
