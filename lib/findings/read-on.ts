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

/** What was read: how much, and what is to be looked at, by days of the log. */
export type ReadOn = { read: number; days: Read[] };

type Row = { read: number; looked: Omit<Read, "read"> | null };

const readOn = preparedStatement<Row>(
  "findings_read",
  `with e as materialized (select id, event, session_id, request_id, occurred_at from read_on('findings', $1)),
   n as (select *, floor(extract(epoch from occurred_at - min(occurred_at) over ()) / 86400) as day
     from e where occurred_at >= (select since from findings_begin)),
   d as (select day, json_build_object(
       'started', coalesce(array_agg(distinct session_id::text) filter (where event = 'session.started'), '{}'),
       'ended', coalesce(array_agg(distinct session_id::text) filter (where event = 'session.ended'), '{}'),
       'written', coalesce(array_agg(distinct session_id::text) filter (where event = 'action.write'), '{}'),
       'approved', coalesce(array_agg(distinct request_id::text) filter (where event = 'request.approved'), '{}'),
       'refused', coalesce(array_agg(id::text) filter (where event = any($2)), '{}')) as looked
     from n group by day)
   select (select count(*)::integer from e) as read, d.looked from (select) one left join d on true order by d.day`,
);

/**
 * The next entries that no detector has seen, sorted by what they ask to be looked at; every view is counted only, and so
 * is what is older than where looking begins. What is read at once after a standstill is looked at day by day, as it would
 * have been: what is around it is then what was around it.
 */
export async function readNext(tx: Transaction, most: number): Promise<ReadOn> {
  const rows = await readOn(tx, most, refusedEvents);
  const [row] = rows;
  if (!row) throw new Error("A count has a row");
  const days = rows.flatMap(({ looked }) => (looked ? [{ read: 0, ...looked }] : []));
  return { read: row.read, days };
}
