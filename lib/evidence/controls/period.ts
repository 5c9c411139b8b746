import { sql } from "drizzle-orm";
import { z } from "zod";
import { guests } from "#db/schema/guests.ts";
import type { GuestActor, StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { readPolicy } from "#lib/policy/policy.ts";
import { guestLasts } from "../guests/lasts.ts";
import type { EvidenceParams } from "./params.ts";

/** Days of the company's zone, both included, and the moments between which they lie, as PostgreSQL writes them. */
export type Period = {
  firstDay: string;
  lastDay: string;
  zone: string;
  starts: string;
  ends: string;
  /** Whether it is told as of now, or as it stood at its end: a guest learns nothing of later days. */
  told: "now" | "then";
};

const row = z.object({
  firstDay: z.string(),
  lastDay: z.string(),
  zone: z.string(),
  starts: z.string(),
  ends: z.string(),
  told: z.enum(["now", "then"]),
});

const moment = (at: ReturnType<typeof sql>) =>
  sql`to_char(${at} at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.US') || '+00'`;

/** The period that staff ask for; without one, this quarter up to today. */
export async function readPeriod(
  ctx: Ctx<StaffActor>,
  { from, to }: Pick<EvidenceParams, "from" | "to">,
): Promise<Period> {
  const { zone } = await readPolicy(ctx);
  const { rows } = await ctx.db.execute(sql`
    with today as (select (clock_timestamp() at time zone ${zone})::date as day),
    asked as (select coalesce(${from ?? null}::date, date_trunc('quarter', day)::date) as a, coalesce(${to ?? null}::date, day) as b from today),
    turned as (select least(a, b) as first, greatest(a, b) as last from asked)
    select to_char(first, 'YYYY-MM-DD') as "firstDay", to_char(last, 'YYYY-MM-DD') as "lastDay", ${zone}::text as zone,
      ${moment(sql`day_begins(first, ${zone})`)} as starts, ${moment(sql`day_begins(last + 1, ${zone})`)} as ends, 'now' as told
    from turned`);
  return row.parse(rows[0]);
}

/** The one period of a guest, whatever an address says. @throws once their access is over. */
export async function readGuestPeriod(ctx: Ctx<GuestActor>): Promise<Period> {
  const { rows } = await ctx.db.execute(sql`
    select to_char(first_day, 'YYYY-MM-DD') as "firstDay", to_char(last_day, 'YYYY-MM-DD') as "lastDay", zone,
      ${moment(sql`starts_at`)} as starts, ${moment(sql`ends_at`)} as ends, 'then' as told
    from ${guests} g where id = ${ctx.actor.id}::uuid and ${guestLasts}`);
  if (!rows[0]) throw new Error("The access of this guest is over");
  return row.parse(rows[0]);
}

/** Whose period it is: staff name one, a guest has one. */
export const periodFor = (
  ctx: Ctx<StaffActor> | Ctx<GuestActor>,
  params: Pick<EvidenceParams, "from" | "to">,
): Promise<Period> => (isGuest(ctx) ? readGuestPeriod(ctx) : readPeriod(ctx, params));

export const isGuest = (ctx: Ctx<StaffActor> | Ctx<GuestActor>): ctx is Ctx<GuestActor> =>
  ctx.actor.kind === "guest";
