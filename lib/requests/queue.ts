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

/** `queue_of` gives one more, to tell whether there is another page. */
export const queuePage = 25;

/** The queue as this reader sees it: a page of what waits, what waits for others, and what was decided since `since`. */
export async function readQueue(
  ctx: Ctx<StaffActor>,
  since: Date,
  after: string | null = null,
): Promise<Queue> {
  const place = readCursor(after);
  const found = await readAtOnce(
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
  const rows = found.map(({ row }) => row);
  const of = (kind: Row["kind"]) => rows.filter((row) => row.kind === kind);
  const waiting = of("yours");
  const yours = waiting.slice(0, queuePage);
  const last = yours.at(-1);
  return {
    yours: yours.map(rowOf),
    more: last && waiting.length > queuePage ? writeCursor({ at: last.place, id: last.id }) : null,
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

const queue = preparedStatement<{ row: Row }>(
  "queue",
  `select q as row from queue_of($1::uuid, $2::boolean, $3::boolean, $4::timestamptz, $5::uuid, $6::timestamptz) as q`,
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
