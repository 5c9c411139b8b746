import { createHash } from "node:crypto";
import { type SQL, sql } from "drizzle-orm";
import { type CopyOut, copyingOut } from "#db/copy-out.ts";
import { asText } from "#db/literal.ts";
import { auditEntry, auditIndex, auditPayload } from "#db/schema/audit.ts";
import { accounts, subjects } from "#db/schema/directory.ts";
import { requests, sessions } from "#db/schema/impersonation.ts";
import { staff } from "#db/schema/staff.ts";
import { entriesWhere } from "#lib/audit/queries.ts";
import { auditParams } from "#lib/audit/search-params.ts";
import { counted, csvLines } from "#lib/files/lines.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { reach } from "#lib/staff/rights.ts";
import { csvColumns, jsonLine } from "./log-columns.ts";
import { type Made, nothing } from "./made.ts";

/**
 * The entries that a filter of the audit page asks for and the reader may see, oldest first, from one snapshot. The whole
 * work is PostgreSQL's: one COPY, formulas made inert in it. Rows through JavaScript are two to five times slower.
 */
export async function logFile(
  ctx: Ctx<StaffActor>,
  filter: unknown,
  format: "csv" | "jsonl",
): Promise<Made> {
  const where = await entriesWhere(ctx, reach(ctx.actor, "read_audit"), auditParams.parse(filter));
  const made: Made = { tally: { rows: 0 }, expected: null, pieces: nothing() };
  made.pieces = copyingOut(ctx.db, async function* (out) {
    made.expected = await out.count(asText(sql`select 1 ${entries} where ${where ?? sql`true`}`));
    yield* format === "csv" ? csv(out, where, made) : jsonl(out, where, made);
  });
  return made;
}

// As text with JSON's names: `format csv` with a quote and a delimiter that no JSON holds leaves it as it is.
const asLines = "format csv, delimiter e'\\x01', quote e'\\x02', escape e'\\x02'";

const csv = (out: CopyOut, where: SQL | undefined, made: Made): AsyncGenerator<Buffer> => {
  // The head is a line too, but no row.
  made.tally.rows = -1;
  return csvLines(out.copy(statementOf(csvColumns, where), "format csv, header"), made.tally);
};

async function* jsonl(out: CopyOut, where: SQL | undefined, made: Made): AsyncGenerator<Buffer> {
  const hash = createHash("sha256");
  for await (const piece of counted(out.copy(statementOf(jsonLine, where), asLines), made.tally)) {
    hash.update(piece);
    yield piece;
  }
  const { rows } = made.tally;
  yield Buffer.from(`${JSON.stringify({ kind: "end", rows, sha256: hash.digest("hex") })}\n`);
}

const entries = sql`from ${auditEntry} left join ${auditIndex} on ${auditIndex.entryId} = ${auditEntry.id}`;

/**
 * Entries in the order of their ids, which is that of time: they are read by their key, and the first is there at once.
 * `offset 0` keeps the inner from being taken apart, which would parse a payload for each use of it; names are looked up
 * once each.
 */
export const statementOf = (columns: string, where: SQL | undefined): string =>
  asText(sql`select ${sql.raw(columns)} from (
    select ${auditEntry.occurredAt} as at, ${auditEntry.event} as event, ${auditPayload.body}::json ->> 'what' as what,
      ${auditEntry.actorId} as actor_id, ${staff.name} as actor, ${auditEntry.subjectId} as subject_id,
      ${subjects.name} as subject, ${auditEntry.accountId} as account_id, ${accounts.name} as account,
      'S-' || ${sessions.number} as session, 'R-' || ${requests.number} as request, ${auditIndex.effect} as effect,
      ${auditIndex.isWrite} as is_write, ${auditIndex.resource} as resource, ${auditIndex.ticket} as ticket,
      ${auditIndex.reasonCategory} as reason_category, ${auditPayload.body} as body, ${auditEntry.id} as id
    ${entries}
    join ${auditPayload} on ${auditPayload.entryId} = ${auditEntry.id}
    left join ${staff} on ${staff.id} = ${auditEntry.actorId}
    left join ${subjects} on ${subjects.id} = ${auditEntry.subjectId}
    left join ${accounts} on ${accounts.id} = ${auditEntry.accountId}
    left join ${sessions} on ${sessions.id} = ${auditEntry.sessionId}
    left join ${requests} on ${requests.id} = ${auditEntry.requestId}
    where ${where ?? sql`true`} order by ${auditEntry.id} offset 0) e`);
