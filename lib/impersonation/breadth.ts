import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Reader, Transaction } from "#db/client.ts";
import { preparedStatement } from "#db/prepared.ts";
import { auditEntry, auditIndex } from "#db/schema/audit.ts";
import { sessions } from "#db/schema/impersonation.ts";
import { recordAudit } from "#lib/audit/record.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { refuse } from "#lib/kernel/result.ts";
import type { Policy } from "#lib/policy/policy.ts";
import { approversOf } from "#lib/staff/queries.ts";
import {
  type Breadth,
  type BreadthAt,
  breadthNear,
  breadthReached,
  breadthWindows,
  isNewWithin,
  windowHours,
} from "./breadth-rules.ts";

const row = z.object({
  hour: z.int(),
  day: z.int(),
  known_at: z.coerce.date().nullable(),
  lifted_until: z.coerce.date().nullable(),
  at: z.coerce.date(),
});

const select = preparedStatement(
  "breadth",
  `select b.hour, b.day, clock_timestamp() as at,
     (select max(s.started_at) from sessions s where s.actor_id = $1 and s.subject_id = $2
       and s.started_at > clock_timestamp() - interval '24 hours') as known_at,
     (select max(l.ends_at) from breadth_lifts l where l.actor_id = $1 and l.ends_at > clock_timestamp()) as lifted_until
     from breadth_of($1) b`,
);

/** How many people this actor stood in for within an hour and a day, and what is known of one of them. */
export async function readBreadth(
  db: Reader,
  actorId: string,
  subjectId: string | null,
): Promise<Breadth> {
  const [found] = await select(db, actorId, subjectId);
  const { known_at: knownAt, lifted_until: liftedUntil, ...counts } = row.parse(found);
  return { ...counts, knownAt, liftedUntil };
}

/** When the next person has room again: when enough of those who count have left the window. */
export async function roomAt(
  db: Reader,
  actorId: string,
  { window, count, limit }: BreadthAt,
): Promise<Date | null> {
  const { rows } = await db.execute(
    sql`select max(s.started_at) + make_interval(hours => ${windowHours[window]}) as at from ${sessions} s
      where s.actor_id = ${actorId} and s.started_at > clock_timestamp() - make_interval(hours => ${windowHours[window]})
      group by s.subject_id order by 1 offset ${count - limit} limit 1`,
  );
  return (
    z
      .object({ at: z.coerce.date() })
      .nullable()
      .parse(rows[0] ?? null)?.at ?? null
  );
}

/** Refuses one person more than the policy lets the actor stand in for, and names who can lift that. */
export async function refuseBreadth(
  tx: Transaction,
  ctx: Ctx<StaffActor>,
  subjectId: string,
  policy: Policy,
): Promise<Breadth> {
  const breadth = await readBreadth(tx, ctx.actor.id, subjectId);
  const reached = breadthReached(breadth, policy.breadth);
  if (!reached) return breadth;
  const free = await roomAt(tx, ctx.actor.id, reached);
  const managers = (await approversOf(tx, ctx.actor.id)).slice(0, 3).map(({ name }) => name);
  const wait = free ? Math.ceil((free.getTime() - breadth.at.getTime()) / 60_000) : null;
  refuse("breadth", breadthSentence(reached, policy.version, wait, managers), {
    detail: { window: reached.window, limit: reached.limit, freeAt: free?.toISOString() ?? null },
  });
}

const within = { hour: "within an hour", day: "within a day" };

function breadthSentence(
  { window, count }: BreadthAt,
  version: number,
  wait: number | null,
  managers: string[],
): string {
  const when = wait === null ? "" : ` There is room again in ${wait} min.`;
  const who =
    managers.length > 0
      ? `${managers.join(" or ")} can lift this for a day`
      : "No manager is active";
  return `You cannot start: you stood in for ${count} people ${within[window]}, as many as policy ${version} allows.${when} ${who}.`;
}

/** Puts on record, once in each window, that the actor has come to four fifths of a limit with this start. */
export async function warnOfBreadth(
  tx: Transaction,
  ctx: Ctx<StaffActor>,
  before: Breadth,
  policy: Policy,
  about: { subjectId: string; accountId: string; sessionId: string },
): Promise<void> {
  const after = { ...before };
  for (const window of breadthWindows) if (isNewWithin(before, window)) after[window] += 1;
  for (const { window, count, limit } of breadthNear(after, policy.breadth)) {
    const resource = `breadth/${window}`;
    const { rows } = await tx.execute(
      sql`select 1 from ${auditEntry} e join ${auditIndex} i on i.entry_id = e.id
        where e.actor_id = ${ctx.actor.id} and e.event = 'breadth.warned' and i.resource = ${resource}
          and e.occurred_at > clock_timestamp() - make_interval(hours => ${windowHours[window]}) limit 1`,
    );
    if (rows.length > 0) continue;
    await recordAudit(tx, ctx, {
      event: "breadth.warned",
      ...about,
      body: {
        what: `Stood in for ${count} people ${within[window]}; the limit is ${limit}`,
        window,
        count,
        limit,
        lifted: before.liftedUntil !== null,
        policy: policy.version,
      },
      index: { resource },
    });
  }
}
