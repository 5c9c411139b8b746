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

const readOn = preparedStatement<Read>(
  "findings_read",
  `with e as materialized (select id, event, session_id, request_id from read_on('findings', $1))
   select count(*)::integer as read,
     coalesce(array_agg(distinct session_id::text) filter (where event = 'session.started'), '{}') as started,
     coalesce(array_agg(distinct session_id::text) filter (where event = 'session.ended'), '{}') as ended,
     coalesce(array_agg(distinct session_id::text) filter (where event = 'action.write'), '{}') as written,
     coalesce(array_agg(distinct request_id::text) filter (where event = 'request.approved'), '{}') as approved,
     coalesce(array_agg(id::text) filter (where event = any($2)), '{}') as refused
   from e`,
);

/** The next entries that no detector has seen, sorted by what they ask to be looked at; every view is counted only. */
export async function readNext(tx: Transaction, most: number): Promise<Read> {
  const [row] = await readOn(tx, most, refusedEvents);
  if (!row) throw new Error("An aggregate has a row");
  return row;
}
