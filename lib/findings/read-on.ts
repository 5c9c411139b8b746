import type { Transaction } from "#db/client.ts";
import { preparedStatement } from "#db/prepared.ts";

/** Events in which an actor meets a refusal. */
export const refusedEvents = [
  "action.refused",
  "request.refused",
  "request.denied",
  "session.refused",
  "page.refused",
] as const;

export type Read = {
  /** How many entries were read, of whatever kind. */
  read: number;
  started: string[];
  ended: string[];
  written: string[];
  /** Requests that somebody approved. */
  approved: string[];
  refused: string[];
};

export const readKinds = ["started", "ended", "written", "approved", "refused"] as const;
export type ReadKind = (typeof readKinds)[number];

export const isNothing = (read: Read): boolean =>
  readKinds.every((kind) => read[kind].length === 0);

const readOn = preparedStatement<Read>(
  "findings_read",
  `with e as materialized (select id, event, session_id, request_id, occurred_at from read_on('findings', $1)),
   n as (select * from e where occurred_at >= (select since from findings_begin))
   select (select count(*)::integer from e) as read,
     coalesce(array_agg(distinct session_id::text) filter (where event = 'session.started'), '{}') as started,
     coalesce(array_agg(distinct session_id::text) filter (where event = 'session.ended'), '{}') as ended,
     coalesce(array_agg(distinct session_id::text) filter (where event = 'action.write'), '{}') as written,
     coalesce(array_agg(distinct request_id::text) filter (where event = 'request.approved'), '{}') as approved,
     coalesce(array_agg(id::text) filter (where event = any($2)), '{}') as refused
   from n`,
);

/**
 * The next entries that no detector has seen, sorted by what they ask to be looked at; every view is counted only, and so
 * is what is older than where looking begins.
 */
export async function readNext(tx: Transaction, most: number): Promise<Read> {
  const [row] = await readOn(tx, most, refusedEvents);
  if (!row) throw new Error("An aggregate has a row");
  return row;
}
