import { type Placeholder, sql } from "drizzle-orm";
import { z } from "zod";
import type { Reader, Transaction } from "#db/client.ts";
import { preparedSelect } from "#db/prepared.ts";
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

/** What is counted of an actor and known of one subject, as columns; each is a placeholder. */
export const breadthColumns = (actor: Placeholder, subject: Placeholder) => ({
  counted: sql<{ hour: number; day: number }>`(select to_json(b) from breadth_of(${actor}) b)`,
  knownAt: sql<string | null>`(select max(s.started_at) from sessions s where s.actor_id = ${actor}
    and s.subject_id = ${subject} and s.started_at > clock_timestamp() - interval '24 hours')`,
  liftedUntil: sql<
    string | null
  >`(select max(l.ends_at) from breadth_lifts l where l.actor_id = ${actor}
    and l.ends_at > clock_timestamp())`,
  at: sql<string>`clock_timestamp()`,
});

type BreadthRow = {
  counted: { hour: number; day: number };
  knownAt: string | null;
  liftedUntil: string | null;
  at: string;
};

export const breadthOf = ({ counted, knownAt, liftedUntil, at }: BreadthRow): Breadth => ({
  ...counted,
  knownAt: knownAt === null ? null : new Date(knownAt),
  liftedUntil: liftedUntil === null ? null : new Date(liftedUntil),
  at: new Date(at),
});

const select = preparedSelect(
  "breadth",
  breadthColumns(sql.placeholder("actorId"), sql.placeholder("subjectId")),
  (builder, columns) => builder.select(columns).from(sql`(values (1)) as one`),
);

/** How many people this actor stood in for within an hour and a day, and what is known of one of them. */
export async function readBreadth(
  db: Reader,
  actorId: string,
  subjectId: string | null,
): Promise<Breadth> {
  const [found] = await select(db, { actorId, subjectId });
  if (!found) throw new Error("The database counted nothing");
  return breadthOf(found);
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

/** What the actor's count is once they stand in for one more. */
export function breadthAfter(before: Breadth): Breadth {
  const after = { ...before };
  for (const window of breadthWindows) if (isNewWithin(before, window)) after[window] += 1;
  return after;
}

/** Puts on record, once in each window, that the actor has come to four fifths of a limit with this start. */
export async function warnOfBreadth(
  tx: Transaction,
  ctx: Ctx<StaffActor>,
  before: Breadth,
  policy: Policy,
  about: { subjectId: string; accountId: string; sessionId: string },
): Promise<void> {
  for (const { window, count, limit } of breadthNear(breadthAfter(before), policy.breadth)) {
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
