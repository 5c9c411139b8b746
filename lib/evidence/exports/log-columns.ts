import { csvCellSql } from "#lib/files/csv-sql.ts";

/** What an export of the log says of an entry, in this order; `free` is text that somebody wrote. Part of docs/evidence.md. */
const columns: readonly { name: string; of: string; free?: true }[] = [
  { name: "at", of: `to_char(at, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')` },
  { name: "event", of: "event" },
  { name: "what", of: "what", free: true },
  { name: "actor_id", of: "actor_id" },
  { name: "actor", of: "actor", free: true },
  { name: "subject_id", of: "subject_id" },
  { name: "subject", of: "subject", free: true },
  { name: "account_id", of: "account_id" },
  { name: "account", of: "account", free: true },
  { name: "session", of: "session" },
  { name: "request", of: "request" },
  { name: "effect", of: "effect" },
  { name: "write", of: "is_write" },
  { name: "resource", of: "resource", free: true },
  { name: "ticket", of: "ticket", free: true },
  { name: "reason_category", of: "reason_category" },
  { name: "payload", of: "body" },
  { name: "entry_id", of: "id" },
];

/** The columns of the CSV. The payload begins with a brace, so it is none that a spreadsheet reads as a formula. */
export const csvColumns = columns
  .map(({ name, of, free }) => `${free ? csvCellSql(of) : of} as "${name}"`)
  .join(", ");

/** The same without the guard: what the bench holds an export against. */
export const plainColumns = columns.map(({ name, of }) => `${of} as "${name}"`).join(", ");

const member = (name: string, of: string): string =>
  `'"${name}":' || coalesce(to_json(${of})::text, 'null')`;

/** One entry as one object of JSON, its payload as it was recorded. Put together by hand: the payload is JSON already. */
export const jsonLine = [
  `'{"kind":"entry"'`,
  ...columns
    .filter(({ name }) => name !== "payload")
    .map(({ name, of }) => `',' || ${member(name, of)}`),
  `',"payload":' || body || '}'`,
].join(" || ");
