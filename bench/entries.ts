import type pg from "pg";

/**
 * So many entries at once, by SQL and without triggers, in which people, products, payloads and sentences differ as far as
 * an export cares. One of fifty subjects has a formula for a name.
 */
export async function fillEntries(owner: pg.Pool, total: number): Promise<void> {
  const run = (text: string, ...values: unknown[]) => owner.query(text, values);
  const tables = ["accounts", "subjects", "staff", "audit_entry", "audit_payload", "audit_index"];
  const id = (kind: number, n: string) =>
    `('00000000-0000-7000-800${kind}-' || lpad(to_hex(${n}), 12, '0'))::uuid`;
  for (const table of tables) await run(`alter table ${table} disable trigger user`);
  await run(`insert into accounts (id, product_id, external_id, name, tier, stance)
    select ${id(1, "g")}, p.id, 'bench_' || g, 'Account number ' || g, 'standard', 'allowed'
    from generate_series(1, 1000) g, (select id from products limit 1) p`);
  await run(`insert into subjects (id, product_id, account_id, external_id, name, email, role, status, kind)
    select ${id(2, "g")}, p.id, ${id(1, "1 + g % 1000")}, 'bench_' || g,
      case when g % 50 = 0 then '=1+' || g else 'Jane Ashdown ' || g end, 'j' || g || '@bench.test', 'member', 'active', 'person'
    from generate_series(1, 10000) g, (select id from products limit 1) p`);
  await run(`insert into staff (id, email, name, team)
    select ${id(3, "g")}, 's' || g || '@bench.test', 'Olu Braithe ' || g, 'Support' from generate_series(1, 500) g`);
  await run(
    `insert into audit_entry (id, occurred_at, event, account_id, actor_id, subject_id, xact)
     select ('01990000-0000-7000-8000-' || lpad(to_hex(g), 12, '0'))::uuid, '2026-01-01'::timestamptz + g * interval '15 seconds',
       (array['action.viewed', 'action.viewed', 'action.viewed', 'action.write', 'action.done', 'session.started'])[1 + g % 6],
       ${id(1, "1 + g % 1000")}, ${id(3, "1 + g % 500")}, ${id(2, "1 + g % 10000")}, '1'
     from generate_series(1, $1::integer) g`,
    total,
  );
  const like =
    "id between '01990000-0000-7000-8000-000000000000' and '01990000-0000-7000-8fff-ffffffffffff'";
  await run(
    `insert into audit_payload (entry_id, salt, body) select id, '\\x00', $1 from audit_entry where ${like}`,
    JSON.stringify({
      by: "Ledger",
      by_kind: "product",
      ip: "198.51.100.7",
      method: "GET",
      reason: "The invoice of March does not open for her, she called",
      resource: "invoice 4821",
      route: "/invoices/:x",
      status: 200,
      ticket: "SUP-4821",
      user_agent:
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0 Safari/537.36",
      what: 'Opened "invoice" 4821 of Northwind in Ledger',
    }),
  );
  await run(`insert into audit_index (entry_id, occurred_at, resource, ticket, effect, is_write)
    select id, occurred_at, 'invoice 4821', 'SUP-4821', 'view', false from audit_entry where ${like} and event like 'action.%'`);
  for (const table of tables) {
    await run(`alter table ${table} enable trigger user`);
    await run(`vacuum analyze ${table}`);
  }
}
