import { z } from "zod";
import { readAtOnce } from "#db/at-once.ts";
import { preparedStatement } from "#db/prepared.ts";
import { has, type StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { type BreadthWindow, warnedShare } from "./breadth-rules.ts";

const row = z.object({
  id: z.uuid(),
  name: z.string(),
  team: z.string(),
  hour: z.int(),
  day: z.int(),
  can_lift: z.boolean(),
  lifted_until: z.coerce.date().nullable(),
  lifted_by: z.string().nullable(),
  reason: z.string().nullable(),
});

export type AgentBreadth = {
  id: string;
  name: string;
  team: string;
  hour: number;
  day: number;
  /** Whether the reader is somebody who may lift it. */
  canLift: boolean;
  lift: { until: Date; by: string; reason: string } | null;
};

/** How many are shown; nobody has that many agents at once near a limit that is meant for a few. */
const most = 50;

/**
 * The agents who have come to four fifths of what the policy allows, or whose limit is lifted, the fullest first; for
 * managers. Reads the sessions of one day.
 */
export async function readTeamBreadth(ctx: Ctx<StaffActor>): Promise<AgentBreadth[]> {
  if (!has(ctx.actor, "manager")) return [];
  const rows = await readAtOnce(ctx, teamBreadth.part(ctx.actor.id));
  return rows.map((found) => {
    const { can_lift, lifted_until, lifted_by, reason, ...rest } = row.parse(found);
    const lift =
      lifted_until && lifted_by && reason ? { until: lifted_until, by: lifted_by, reason } : null;
    return { ...rest, canLift: can_lift, lift };
  });
}

const warned = (which: BreadthWindow) => `ceil(breadth_limit('${which}') * ${warnedShare})`;
const teamBreadth = preparedStatement<unknown>(
  "team_breadth",
  `select st.id, st.name, st.team, b.hour, b.day, l.ends_at as lifted_until, by.name as lifted_by, l.reason,
      l.ends_at is null and not same_person($1::uuid, st.id) and not person_reports_to($1::uuid, st.id) and holds_role(st.id, 'agent') as can_lift
    from (select actor_id from sessions where started_at > clock_timestamp() - interval '24 hours'
      union select actor_id from breadth_lifts where ends_at > clock_timestamp()) them
    join staff st on st.id = them.actor_id
    cross join lateral breadth_of(st.id) b
    left join breadth_lifts l on l.actor_id = st.id and l.ends_at > clock_timestamp()
    left join staff by on by.id = l.lifted_by
    where b.hour >= ${warned("hour")} or b.day >= ${warned("day")} or l.id is not null
    order by greatest(b.hour::float / breadth_limit('hour'), b.day::float / breadth_limit('day')) desc, st.name, st.id
    limit ${most}`,
);
