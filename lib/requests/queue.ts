import { readAtOnce } from "#db/at-once.ts";
import { preparedStatement } from "#db/prepared.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { readCursor, writeCursor } from "#lib/kernel/cursor.ts";
import { may, reach } from "#lib/staff/rights.ts";
import type { AccountStance, RequestStatus, Scope, Tier, Vote } from "#lib/vocabulary.ts";

/** One request as the queue lists it. */
export type QueueRow = {
  id: string;
  status: RequestStatus;
  scope: Scope;
  minutes: number;
  grantedMinutes: number | null;
  createdAt: Date;
  grantedAt: Date | null;
  /** When it was decided, taken back or lapsed. */
  closedAt: Date | null;
  actor: { id: string; name: string };
  subject: { name: string; lang: string | null };
  account: { name: string; tier: Tier; stance: AccountStance };
  votes: { by: { id: string; name: string }; vote: Vote }[];
};
export type Queue = {
  /** What waits for this reader, longest first; for who decides nothing, all that waits. */
  yours: QueueRow[];
  /** Where the next page of them begins. */
  more: string | null;
  /** What waits for others only: the longest, of the first that wait at all. */
  others: QueueRow[];
  decided: QueueRow[];
  at: Date;
};

export const queuePage = 25;
const mostOthers = 10;
const mostDecided = 20;

/** The queue as this reader sees it: a page of what waits, what waits for others, and what was decided since `since`. */
export async function readQueue(
  ctx: Ctx<StaffActor>,
  since: Date,
  after: string | null = null,
): Promise<Queue> {
  const place = readCursor(after);
  const rows = await readAtOnce(
    ctx,
    queue.part(
      ctx.actor.id,
      may(ctx.actor, "decide"),
      reach(ctx.actor, "see_queue") === "all",
      place?.at ?? null,
      place?.id ?? null,
      since.toISOString(),
    ),
  );
  const of = (kind: Row["kind"]) => rows.filter((row) => row.kind === kind);
  const found = of("yours");
  const yours = found.slice(0, queuePage);
  const last = yours.at(-1);
  return {
    yours: yours.map(rowOf),
    more: last && found.length > queuePage ? writeCursor({ at: last.place, id: last.id }) : null,
    others: of("others").map(rowOf),
    decided: of("decided").map(rowOf),
    at: new Date(rows[0]?.now ?? Date.now()),
  };
}

type Row = {
  kind: "yours" | "others" | "decided" | "none";
  id: string;
  status: RequestStatus;
  scope: Scope;
  minutes: number;
  grantedMinutes: number | null;
  createdAt: string;
  grantedAt: string | null;
  closedAt: string | null;
  place: string;
  actorId: string;
  actor: string;
  subject: string;
  lang: string | null;
  account: string;
  tier: Tier;
  stance: AccountStance;
  votes: QueueRow["votes"] | null;
  now: string;
};

function rowOf(row: Row): QueueRow {
  const { createdAt, grantedAt, closedAt, tier, stance } = row;
  return {
    id: row.id,
    status: row.status,
    scope: row.scope,
    minutes: row.minutes,
    grantedMinutes: row.grantedMinutes,
    createdAt: new Date(createdAt),
    grantedAt: grantedAt === null ? null : new Date(grantedAt),
    closedAt: closedAt === null ? null : new Date(closedAt),
    actor: { id: row.actorId, name: row.actor },
    subject: { name: row.subject, lang: row.lang },
    account: { name: row.account, tier, stance },
    votes: row.votes ?? [],
  };
}

/*
 * `$1` the reader, `$2` whether they decide, `$3` whether they see everybody's, `$4` and `$5` the place of the page, `$6` since
 * when decided ones are shown. Whatever the number of requests, some hundred of the indexes' rows are read.
 */
const queue = preparedStatement<Row>(
  "queue",
  `with moment as materialized (select clock_timestamp() as now),
  first as materialized (
    select r.id, r.created_at from requests r, moment
    where $3::boolean and r.status = 'pending' and r.lapses_at > moment.now
      and ($2::boolean or $4::timestamptz is null or (r.created_at, r.id) > ($4::timestamptz, $5::uuid))
    order by r.created_at, r.id limit case when $2::boolean then 100 else ${queuePage + 1} end),
  yours as materialized (
    select w.id, w.n from waiting_for($1::uuid, $4::timestamptz, $5::uuid, ${queuePage + 1}) with ordinality as w(id, n)
      where $2::boolean
    union all
    select id, row_number() over (order by created_at, id) from first where not $2::boolean),
  mine as (
    select r.id, r.created_at from requests r, moment
      where r.actor_id = $1::uuid and r.status = 'pending' and r.lapses_at > moment.now
    union
    select r.id, r.created_at from approvals v join requests r on r.id = v.request_id, moment
      where v.approver_id = $1::uuid and v.created_at > moment.now - interval '25 hours'
        and r.status = 'pending' and r.lapses_at > moment.now),
  others as materialized (
    select id, row_number() over (order by created_at, id) as n from (
      select id, created_at from mine
      union
      select id, created_at from first
        where $4::timestamptz is null and id not in (select w.id from waiting_for($1::uuid, null, null, 100) as w(id))) o
    where $2::boolean
    order by created_at, id limit ${mostOthers}),
  decided as materialized (
    select id, row_number() over (order by at desc) as n from (
      (select id, coalesce(granted_at, closed_at) as at from requests
        where approvals_needed > 0 and closed_at >= $6::timestamptz order by closed_at desc, id desc limit ${mostDecided})
      union all
      (select id, granted_at from requests
        where status = 'granted' and approvals_needed > 0 and granted_at >= $6::timestamptz
        order by granted_at desc, id desc limit ${mostDecided})) d
    where $3::boolean
    order by at desc limit ${mostDecided}),
  shown as (
    select 'yours' as kind, id, n from yours
    union all select 'others', id, n from others
    union all select 'decided', id, n from decided)
  select s.kind, r.id, case when r.status = 'granted' and r.start_by <= moment.now then 'lapsed' else r.status end as status,
      r.scope, r.minutes, r.granted_minutes as "grantedMinutes", r.created_at as "createdAt", r.granted_at as "grantedAt",
      r.closed_at as "closedAt", to_char(r.created_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.US') || '+00' as place,
      r.actor_id as "actorId", a.name as actor, p.name as subject, p.lang, c.name as account, c.tier, c.stance,
      (select json_agg(json_build_object('by', json_build_object('id', v.approver_id, 'name', b.name), 'vote', v.vote) order by v.created_at)
        from approvals v join staff b on b.id = v.approver_id where v.request_id = r.id) as votes,
      moment.now
    from shown s join requests r on r.id = s.id join staff a on a.id = r.actor_id join subjects p on p.id = r.subject_id
      join accounts c on c.id = r.account_id, moment
    order by s.kind, s.n`,
);

/** What waits for this reader after this request in the queue, else from its beginning; null: nothing else does. */
export async function readNext(ctx: Ctx<StaffActor>, requestId: string) {
  if (!may(ctx.actor, "decide")) return null;
  const [next] = await readAtOnce(ctx, nextAfter.part(ctx.actor.id, requestId));
  return next ?? null;
}

export type Next = NonNullable<Awaited<ReturnType<typeof readNext>>>;

const nextAfter = preparedStatement<{ id: string; actor: string; scope: Scope; minutes: number }>(
  "queue_next",
  `select n.id, a.name as actor, n.scope, n.minutes from (
      select 1 as turn, w.id from requests r, waiting_for($1::uuid, r.created_at, r.id, 1) as w(id) where r.id = $2::uuid
      union all
      select 2, w.id from waiting_for($1::uuid, null, null, 2) as w(id) where w.id <> $2::uuid
      order by turn limit 1) t
    join requests n on n.id = t.id join staff a on a.id = n.actor_id`,
);
