import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Reader } from "#db/client.ts";
import type { GuestActor, StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { guestLasts } from "../guests/lasts.ts";

const counts = z.object({
  grants: z.number(),
  people: z.number(),
  deactivated: z.number(),
  service: z.number(),
  dormant: z.number(),
  ended: z.number(),
  byRole: z.record(z.string(), z.number()),
  onRecord: z
    .object({
      grants: z.number(),
      endedBefore: z.number(),
      givenAfter: z.number(),
      people: z.number(),
      withoutRight: z.number(),
    })
    .optional(),
});

const campaign = z.object({
  id: z.uuid(),
  slug: z.string(),
  firstDay: z.string(),
  lastDay: z.string(),
  zone: z.string(),
  startsAt: z.coerce.date(),
  endsAt: z.coerce.date(),
  throughAt: z.coerce.date(),
  openedAt: z.coerce.date(),
  openedBy: z.uuid().nullable(),
  openedEntryId: z.uuid(),
  dueAt: z.coerce.date(),
  status: z.enum(["open", "closed"]),
  query: z.string(),
  counts,
  policyVersion: z.number(),
  seed: z.number(),
  closedAt: z.coerce.date().nullable(),
  closedBy: z.uuid().nullable(),
  closedEntryId: z.uuid().nullable(),
  statement: z.string().nullable(),
});
export type Campaign = z.infer<typeof campaign>;
/** One that nothing changes any more. */
export type Closed = Campaign & {
  closedAt: Date;
  closedBy: string;
  closedEntryId: string;
  statement: string;
};

const iso = (column: string) =>
  sql.raw(`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`);
const columns = sql`c.id, c.slug, to_char(c.first_day, 'YYYY-MM-DD') as "firstDay", to_char(c.last_day, 'YYYY-MM-DD') as "lastDay",
  c.zone, ${iso("c.starts_at")} as "startsAt", ${iso("c.ends_at")} as "endsAt", ${iso("c.through_at")} as "throughAt",
  ${iso("c.opened_at")} as "openedAt", c.opened_by as "openedBy", c.opened_entry_id as "openedEntryId", ${iso("c.due_at")} as "dueAt",
  c.status, c.query, c.counts, c.policy_version as "policyVersion", c.seed, ${iso("c.closed_at")} as "closedAt",
  c.closed_by as "closedBy", c.closed_entry_id as "closedEntryId", c.statement`;

/** Of a guest's, while their access lasts, those whose days all lie within theirs; of staff's, every one. */
const inSight = ({ actor }: Looks) =>
  actor.kind === "guest"
    ? sql`exists (select 1 from guests g where g.id = ${actor.id}::uuid
        and c.starts_at >= g.starts_at and c.ends_at <= g.ends_at and ${guestLasts})`
    : sql`true`;

export type Looks = Ctx<StaffActor> | Ctx<GuestActor>;

/** A review by its address; null where there is none that this reader may look at. */
export async function readCampaign(
  ctx: Looks,
  slug: string,
  db: Reader = ctx.db,
): Promise<Campaign | null> {
  const { rows } = await db.execute(
    sql`select ${columns} from campaigns c where c.slug = ${slug} and ${inSight(ctx)}`,
  );
  return rows[0] ? campaign.parse(rows[0]) : null;
}

/** The reviews that a guest may look at, the newest first; a period of years has a few dozen. */
export async function readCampaigns(ctx: Looks): Promise<Campaign[]> {
  const { rows } = await ctx.db.execute(
    sql`select ${columns} from campaigns c where ${inSight(ctx)} order by c.first_day desc, c.id desc limit 100`,
  );
  return z.array(campaign).parse(rows);
}

export const isClosed = (one: Campaign): one is Closed => one.closedAt !== null;

const renamed = z.object({ id: z.string(), name: z.string() });

/**
 * What everybody was called at the closing who was renamed after it: of each the name before their first change since.
 * The few entries of such changes are read once. Of a review that is open they are the names of today.
 */
export async function namesThen(db: Reader, { closedAt }: Campaign): Promise<Map<string, string>> {
  if (!closedAt) return new Map();
  const { rows } = await db.execute(sql`
    select distinct on (p.body::jsonb ->> 'person') p.body::jsonb ->> 'person' as id, change ->> 'before' as name
      from audit_entry e join audit_payload p on p.entry_id = e.id, jsonb_array_elements(p.body::jsonb -> 'changes') change
     where e.event = 'staff.changed' and e.occurred_at > ${closedAt.toISOString()}::timestamptz and change ->> 'field' = 'name'
     order by p.body::jsonb ->> 'person', e.occurred_at, e.id`);
  return new Map(
    z
      .array(renamed)
      .parse(rows)
      .map(({ id, name }) => [id, name]),
  );
}
