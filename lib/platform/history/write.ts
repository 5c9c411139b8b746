import type pg from "pg";
import { restingTriggers } from "#db/resting-triggers.ts";
import type { PastEntry, Recorder, Rows } from "./recorder.ts";

/** Whose triggers set times and ask for entries of now. */
const written = [
  ...["audit_entry", "audit_payload", "audit_index", "audit_pending"],
  ...["staff", "staff_roles", "staff_sign_ins", "tickets", "ticket_past"],
  ...["requests", "approvals", "sessions", "tokens", "actions"],
  ...["session_reviews", "session_reviews_due"],
];

/** Writes what is on record into the client's transaction, which must be the owner's. */
export const write = (client: pg.Client, { entries, tables }: Recorder): Promise<void> =>
  restingTriggers(client, written, async () => {
    await client.query("set constraints all deferred");
    await writeEntries(client, entries);
    const people = tables.staff.map((row) => ({ ...row, person_id: row.id }));
    await writeStaff(client, people, tables.staff_roles);
    for (const table of [
      "staff_sign_ins",
      "tickets",
      "ticket_past",
      "requests",
      "approvals",
      "sessions",
      "tokens",
      "actions",
      "session_reviews",
      "session_reviews_due",
    ] as const)
      await insert(client, table, tables[table]);
    await client.query("update requests r set ask_hash = ask_hash(r) where ask_hash = ''");
    await client.query(
      "update approvals v set ask_hash = r.ask_hash from requests r where r.id = v.request_id and v.ask_hash = ''",
    );
  });

const rowsPerStatement = 2000;

/** Columns as the first row has them; `json_populate_recordset` reads each value as its column's type. */
async function insert(client: pg.Client, table: string, rows: Rows, more = ""): Promise<void> {
  const columns = Object.keys(rows[0] ?? {}).join(", ");
  for (let from = 0; from < rows.length; from += rowsPerStatement)
    await client.query(
      `insert into ${table} (${columns}) select ${columns} from json_populate_recordset(null::${table}, $1::json) ${more}`,
      [JSON.stringify(rows.slice(from, from + rowsPerStatement))],
    );
}

async function writeEntries(client: pg.Client, entries: readonly PastEntry[]): Promise<void> {
  for (let from = 0; from < entries.length; from += rowsPerStatement)
    await client.query(
      `with given as materialized (
         select t.* from json_to_recordset($1::json) as t(id uuid, occurred_at timestamptz, event text, account_id uuid,
           actor_id uuid, subject_id uuid, session_id uuid, request_id uuid, salt text, body text, indexed boolean,
           resource text, ticket text, reason_category text, effect text, is_write boolean)),
       entry as (
         insert into audit_entry (id, occurred_at, event, account_id, actor_id, subject_id, session_id, request_id, xact)
         select id, occurred_at, event, account_id, actor_id, subject_id, session_id, request_id,
           pg_current_xact_id()::text from given),
       payload as (
         insert into audit_payload (entry_id, salt, body) select id, decode(salt, 'hex'), body from given),
       pending as (insert into audit_pending (entry_id) select id from given)
       insert into audit_index (entry_id, occurred_at, resource, ticket, reason_category, effect, is_write)
       select id, occurred_at, resource, ticket, reason_category, effect, is_write from given where indexed`,
      [JSON.stringify(entries.slice(from, from + rowsPerStatement))],
    );
}

/** Those of the seed are there already: when they came and left is what changes. */
async function writeStaff(client: pg.Client, staff: Rows, grants: Rows): Promise<void> {
  await insert(
    client,
    "staff",
    staff,
    `on conflict (id) do update set created_at = excluded.created_at, status = excluded.status,
       deactivated_at = excluded.deactivated_at, changed_entry_id = excluded.changed_entry_id`,
  );
  await client.query(
    `update staff_managers m set since = s.created_at from staff s where s.id = m.staff_id
       and m.since = (select min(since) from staff_managers f where f.staff_id = s.id)`,
  );
  await client.query(
    `insert into staff_managers (staff_id, manager_id, since) select id, manager_id, created_at from staff s
       where not exists (select from staff_managers m where m.staff_id = s.id)`,
  );
  const isSetUp = ({ granted_entry_id: entry }: Rows[number]) => entry === null;
  await insert(
    client,
    "staff_roles",
    grants.filter((grant) => !isSetUp(grant)),
  );
  await client.query(
    `update staff_roles r set granted_at = t.granted_at
       from json_populate_recordset(null::staff_roles, $1::json) t
       where r.staff_id = t.staff_id and r.role = t.role and r.granted_entry_id is null`,
    [JSON.stringify(grants.filter(isSetUp))],
  );
}
