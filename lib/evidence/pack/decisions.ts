import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Database } from "#db/client.ts";
import { attestations, roles } from "#lib/vocabulary.ts";

const decision = z.object({
  id: z.uuid(),
  number: z.number(),
  staffId: z.uuid(),
  name: z.string(),
  role: z.enum(roles),
  decision: z.enum(attestations),
  justification: z.string(),
  byId: z.uuid().nullable(),
  byName: z.string().nullable(),
  as: z.enum(roles).nullable(),
  at: z.coerce.date(),
  signInHow: z.string().nullable(),
  signInAge: z.number().nullable(),
  conflictCheck: z.string(),
  seconds: z.number().nullable(),
  inBulk: z.boolean(),
  sampleOpened: z.number(),
  sampleSize: z.number(),
  counts: z.boolean(),
  entryId: z.uuid(),
  place: z.string(),
});
export type PackDecision = z.infer<typeof decision>;

const atOnce = 500;

/** Every decision on an item, those of a change of mind too: by item, then in the order in which they were made. */
export async function* allDecisions(
  db: Database,
  campaignId: string,
  names: ReadonlyMap<string, string>,
  { from, upTo } = { from: 0, upTo: 2_147_483_647 },
): AsyncGenerator<PackDecision> {
  let after = { number: from, at: "-infinity", id: "00000000-0000-0000-0000-000000000000" };
  for (;;) {
    const { rows } = await db.execute(sql`
      select d.id, i.number, i.staff_id as "staffId", i.name, i.role, d.decision, d.justification, d.decided_by as "byId", b.name as "byName",
        d.decided_as as as, to_char(d.decided_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at,
        d.sign_in_how as "signInHow", d.sign_in_age as "signInAge", d.conflict_check as "conflictCheck", d.seconds, d.in_bulk as "inBulk",
        d.sample_opened as "sampleOpened", d.sample_size as "sampleSize", d.id = i.decision_id as counts, d.entry_id as "entryId",
        to_char(d.decided_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.US') || '+00' as place
      from review_items i join review_decisions d on d.item_id = i.id left join staff b on b.id = d.decided_by
      where i.campaign_id = ${campaignId}::uuid and i.number between ${after.number} and ${upTo}
        and (i.number, d.decided_at, d.id) > (${after.number}, ${after.at}::timestamptz, ${after.id}::uuid)
      order by i.number, d.decided_at, d.id limit ${atOnce}`);
    const page = z.array(decision).parse(rows);
    for (const one of page)
      yield { ...one, byName: (one.byId && names.get(one.byId)) ?? one.byName };
    const last = page.at(-1);
    if (!last || page.length < atOnce) return;
    after = { number: last.number, at: last.place, id: last.id };
  }
}

/** Of one item, for a page. */
export async function decisionsOf(
  db: Database,
  campaignId: string,
  number: number,
  names: ReadonlyMap<string, string>,
): Promise<PackDecision[]> {
  const all: PackDecision[] = [];
  const only = { from: number, upTo: number };
  for await (const one of allDecisions(db, campaignId, names, only)) all.push(one);
  return all;
}
