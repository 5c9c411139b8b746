import { readAtOnce } from "#db/at-once.ts";
import { preparedStatement } from "#db/prepared.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { reach } from "#lib/staff/rights.ts";

export type Pulse = { queue: string; live: string; own: string | null; request: string | null };

const seesAllOf = ({ actor }: Ctx<StaffActor>) => [
  actor.id,
  reach(actor, "see_queue") === "all",
  reach(actor, "see_live") === "all",
];

/** Of the queue the first hundred and the newest: what is between them is on no page. `$1` is the reader, `$2` and `$3` whether they see everybody's requests and sessions. */
const words = `
  (select coalesce(md5(string_agg(q.id::text, ',' order by q.id)), '') from (
    (select r.id from requests r where $2::boolean and r.status = 'pending' and r.lapses_at > clock_timestamp()
      order by r.created_at, r.id limit 100)
    union
    (select r.id from requests r where $2::boolean and r.status = 'pending' and r.lapses_at > clock_timestamp()
      order by r.created_at desc, r.id desc limit 1)
    union
    select r.id from requests r where not $2::boolean and r.actor_id = $1::uuid and r.status = 'pending'
      and r.created_at > now() - interval '25 hours' and r.lapses_at > clock_timestamp()) q) as queue,
  live.word as live, live.own`;
const live = `(select coalesce(md5(string_agg(s.id::text || (s.narrowed_at is not null), ',' order by s.id)), '') as word,
    max(s.id::text) filter (where s.actor_id = $1::uuid) as own
    from sessions s
  where s.ended_at is null
    and least(s.expires_at, s.last_active_at + make_interval(mins => s.idle_minutes)) > clock_timestamp()
    and ($3::boolean or s.actor_id = $1::uuid)) live`;

const pulse = preparedStatement<Pulse>(
  "pulse",
  `select ${words}, (select r.status || (clock_timestamp() >= coalesce(r.start_by, r.lapses_at))::text
      || (select count(*) from approvals v where v.request_id = r.id)
      || coalesce((select g.rung::text || g.nobody || ' ' || (select count(*) || ' ' || count(a.opened_at) from request_asks a where a.request_id = r.id)
        from request_rings g where g.request_id = r.id), '')
    from requests r where r.id = $4::uuid and ($2::boolean or r.actor_id = $1::uuid)) as request
   from ${live}`,
);

/**
 * Words that change when what a page shows has changed: the page polls this and reads itself anew only then. What
 * time alone changes (a lapse, an end) counts too, whether or not it was written down.
 */
export async function readPulse(ctx: Ctx<StaffActor>, requestId: string | null): Promise<Pulse> {
  const [row] = await pulse(ctx.db, ...seesAllOf(ctx), requestId);
  if (!row) throw new Error("An aggregate has a row");
  return row;
}

type Surroundings = Omit<Pulse, "request"> & {
  waiting: number;
  ownOpen: number;
  liveCount: number;
  stop: { by: string; at: string; reason: string } | null;
  now: string;
};

const surroundings = preparedStatement<Surroundings>(
  "surroundings",
  `select ${words}, clock_timestamp() as now,
    (select case when $4::boolean then (select count(*)::integer from waiting_for($1::uuid, null, null, 100)) else 0 end) as waiting,
    (select count(*)::integer from requests r where r.actor_id = $1::uuid and r.status in ('pending', 'granted')
      and r.created_at > now() - interval '25 hours'
      and case r.status when 'pending' then r.lapses_at else coalesce(r.start_by, 'infinity') end > clock_timestamp()) as "ownOpen",
    (select count(*)::integer from sessions s where s.ended_at is null and s.expires_at > clock_timestamp()
      and ($3::boolean or s.actor_id = $1::uuid)) as "liveCount",
    (select json_build_object('by', p.name, 'at', g.started_at, 'reason', g.reason)
      from global_stops g join staff p on p.id = g.started_by where g.lifted_at is null) as stop
   from ${live}`,
);

/** What every page shows around itself, with the words of the same moment: what changes after it is seen as a change. */
export async function readSurroundings(ctx: Ctx<StaffActor>, decides: boolean) {
  const [row] = await readAtOnce(ctx, surroundings.part(...seesAllOf(ctx), decides));
  if (!row) throw new Error("An aggregate has a row");
  const { queue, live: word, own, stop, now, ...counts } = row;
  return {
    seen: { queue, live: word, own },
    counts: { waiting: counts.waiting, ownOpen: counts.ownOpen, live: counts.liveCount },
    stop: stop && { ...stop, at: new Date(stop.at) },
    now: new Date(now),
  };
}
