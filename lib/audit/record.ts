import { randomBytes } from "node:crypto";
import canonicalize from "canonicalize";
import type { Transaction } from "#db/client.ts";
import { noteChange } from "#db/committed.ts";
import { preparedStatement } from "#db/prepared.ts";
import { type Actor, actorName } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { newId } from "#lib/kernel/ids.ts";
import type { AuditEvent, Effect, ReasonCategory } from "#lib/vocabulary.ts";
import { changesOf } from "./changed.ts";

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json | undefined };

export type Entry = {
  event: AuditEvent;
  accountId?: string | null;
  /** Whoever stands in, where it is not the caller (a product reports what an agent did). */
  actorId?: string | null;
  subjectId?: string | null;
  sessionId?: string | null;
  requestId?: string | null;
  /** Everything personal or free: names then, reason, ticket, votes. One sentence for people under `what`. */
  body: { what: string; [key: string]: Json | undefined };
  index?: {
    resource?: string | null;
    ticket?: string | null;
    reasonCategory?: ReasonCategory | null;
    effect?: Effect | null;
    isWrite?: boolean;
  };
};

/**
 * Writes one entry in the caller's transaction (DESIGN §7.1) and gives its id, to which the change refers. The
 * payload is RFC 8785 text with 256 bits of salt. Throws when the entry cannot be written: then nothing happened.
 */
export async function recordAudit(tx: Transaction, ctx: Ctx, entry: Entry): Promise<string> {
  const row = entryRow(ctx, entry);
  await writeEntries(tx, [row]);
  return row.id;
}

/** The same for entries whose ids had to be known before. */
export async function writeEntries(tx: Transaction, rows: readonly EntryRow[]): Promise<void> {
  await write(tx, JSON.stringify(rows));
  for (const change of changesOf(rows)) noteChange(tx, change);
}

const entriesPerStatement = 1000;

/** The same for any number of entries, a thousand in each statement; gives their ids in the same order. */
export async function recordAudits(
  tx: Transaction,
  ctx: Ctx,
  entries: readonly Entry[],
): Promise<string[]> {
  const ids: string[] = [];
  for (let from = 0; from < entries.length; from += entriesPerStatement) {
    const rows = entries.slice(from, from + entriesPerStatement).map((one) => entryRow(ctx, one));
    await writeEntries(tx, rows);
    ids.push(...rows.map(({ id }) => id));
  }
  return ids;
}

let unused = Buffer.alloc(0);

/** 256 random bits, drawn for many entries at once: each drawing costs as much as the rest of an entry. */
function newSalt(): string {
  if (unused.length === 0) unused = randomBytes(32 * 64);
  const salt = unused.subarray(0, 32).toString("hex");
  unused = unused.subarray(32);
  return salt;
}

/** An entry as `insertEntries` takes it, with an id of its own. */
export function entryRow({ actor, ip, userAgent }: Ctx, entry: Entry) {
  const body = canonicalize({
    ...entry.body,
    by: actorName(actor),
    by_kind: actor.kind,
    ...(actor.kind === "staff"
      ? { by_roles: [...actor.roles], by_team: actor.team, via: actor.via }
      : {}),
    ip,
    user_agent: userAgent,
  });
  if (body === undefined) throw new Error("An audit payload must be JSON");
  const { index } = entry;
  return {
    id: newId(),
    event: entry.event,
    account_id: entry.accountId ?? null,
    actor_id: entry.actorId !== undefined ? entry.actorId : isPerson(actor) ? actor.id : null,
    subject_id: entry.subjectId ?? null,
    session_id: entry.sessionId ?? null,
    request_id: entry.requestId ?? null,
    salt: newSalt(),
    body,
    indexed: index !== undefined,
    resource: index?.resource ?? null,
    ticket: index?.ticket ?? null,
    reason_category: index?.reasonCategory ?? null,
    effect: index?.effect ?? null,
    is_write: index?.isWrite ?? false,
  };
}

const isPerson = (actor: Actor) => actor.kind === "staff" || actor.kind === "guest";

export type EntryRow = ReturnType<typeof entryRow>;

/**
 * The `with` parts that write entries out of `$1`, a JSON array of rows. A statement goes on from `entry`, which holds the
 * ids. With the entry's time the index need not look it up row by row: it is compared for all at the end.
 */
export const insertEntries = `
given as materialized (
  select t.* from json_to_recordset($1::json) as t(id uuid, event text, account_id uuid, actor_id uuid, subject_id uuid,
    session_id uuid, request_id uuid, salt text, body text, indexed boolean, resource text, ticket text,
    reason_category text, effect text, is_write boolean)),
entry as (
  insert into audit_entry (id, event, account_id, actor_id, subject_id, session_id, request_id)
  select id, event, account_id, actor_id, subject_id, session_id, request_id from given returning id, occurred_at),
payload as (
  insert into audit_payload (entry_id, salt, body)
  select id, decode(salt, 'hex'), body from entry join given using (id) returning entry_id),
indexed as (
  insert into audit_index (entry_id, occurred_at, resource, ticket, reason_category, effect, is_write)
  select id, occurred_at, resource, ticket, reason_category, effect, is_write from entry join given using (id)
  where indexed returning entry_id)`;

const write = preparedStatement("audit_entry", `with ${insertEntries} select from payload`);
