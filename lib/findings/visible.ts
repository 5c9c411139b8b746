import { and, inArray, isNull, or, type SQL, sql } from "drizzle-orm";
import { findings } from "#db/schema/findings.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { ownAccounts } from "#lib/staff/own-accounts.ts";
import { type Reach, reach } from "#lib/staff/rights.ts";

/**
 * Findings that this reader may see: all, those of their team and line, or none; never one about themselves, through
 * whatever account.
 */
export async function visible(ctx: Ctx<StaffActor>): Promise<SQL | undefined> {
  const own = ownAccounts(ctx.actor.id);
  const ofOthers = and(
    sql`${findings.actorId} not in ${own}`,
    or(isNull(findings.otherId), sql`${findings.otherId} not in ${own}`),
  );
  switch (reach(ctx.actor, "see_findings")) {
    case "all":
      return ofOthers;
    case "team":
      return and(inArray(findings.actorId, await idsOfTeam(ctx)), ofOthers);
    default:
      return sql`false`;
  }
}

/** Read first: with the ids at hand the index on actors serves. The line down; UNION ends a circle of managers. */
async function idsOfTeam({ db, actor }: Ctx<StaffActor>): Promise<string[]> {
  const { rows } = await db.execute<{ id: string }>(sql`
    with recursive led(id) as (
      select id from staff where manager_id = ${actor.id}
      union select s.id from staff s join led on s.manager_id = led.id)
    select id from led where id <> ${actor.id}
    union select id from staff where team = ${actor.team} and id <> ${actor.id}`);
  return rows.map(({ id }) => id);
}

/**
 * The same of the findings `f` in words of SQL, for a statement of each reach: what is no value of it is planned once.
 * `person` is its value.
 */
export function visibleText(how: Reach, person: string): string {
  const own = `array(select o.id from staff s join staff o on o.person_id = s.person_id where s.id = ${person}::uuid)`;
  const ofOthers = `f.actor_id <> all (${own}) and (f.other_id is null or f.other_id <> all (${own}))`;
  switch (how) {
    case "all":
      return ofOthers;
    case "team":
      return `${ofOthers} and f.actor_id = any (array(
        with recursive led(id) as (
          select id from staff where manager_id = ${person}::uuid
          union select s.id from staff s join led on s.manager_id = led.id)
        select id from led
        union select id from staff where team = (select team from staff where id = ${person}::uuid)))`;
    default:
      return `false and f.actor_id = ${person}::uuid`;
  }
}
