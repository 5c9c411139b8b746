import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Transaction } from "#db/client.ts";
import type { NoticeKind } from "#lib/vocabulary.ts";
import type { NewNotice } from "./tell.ts";

type OfReview = NewNotice & { campaignId: string };
type Told = { id: string; kind: NoticeKind; staffId: string | null; campaignId: string };

const kinds: readonly NoticeKind[] = ["review_assigned", "review_due"];
const campaign = z.uuid().nullable().catch(null);

/**
 * Items come to a reviewer one by one, each with its entry, and reminders that were held up come all at once: of what comes within
 * an hour, and before the reader has read of the first, they are told once. Gives what is to be made, and the notices that tell of the rest already.
 */
export async function oneForAReview(
  tx: Transaction,
  rows: NewNotice[],
  bodies: ReadonlyMap<string, Record<string, unknown>>,
): Promise<{ rows: NewNotice[]; grown: string[] }> {
  const ofReview = rows.flatMap((row): OfReview[] => {
    const campaignId = campaign.parse(bodies.get(row.entryId)?.campaign_id ?? null);
    return kinds.includes(row.kind) && campaignId ? [{ ...row, campaignId }] : [];
  });
  if (ofReview.length === 0) return { rows, grown: [] };
  // One after the other: who comes second sees in the next statement whom the first has told.
  await tx.execute(
    sql`select pg_advisory_xact_lock(hashtextextended('notices of items to review', 0))`,
  );
  const { rows: told } = await tx.execute<Told>(sql`
    select n.id, n.kind, n.staff_id as "staffId", p.body::jsonb ->> 'campaign_id' as "campaignId"
      from notices n join audit_payload p on p.entry_id = n.entry_id
      where n.staff_id = any(${sql.param(ofReview.map(({ staffId }) => staffId))}::uuid[]) and n.kind = any(${sql.param([...kinds])}::text[])
        and n.at > clock_timestamp() - interval '1 hour' and n.read_at is null`);
  const seen = new Set<string>(told.map(keyOf));
  const dropped = new Set<string>();
  const grown = new Set<string>();
  for (const row of ofReview) {
    const earlier = told.find((one) => keyOf(one) === keyOf(row));
    if (earlier) grown.add(earlier.id);
    if (seen.has(keyOf(row))) dropped.add(row.id);
    seen.add(keyOf(row));
  }
  return { rows: rows.filter(({ id }) => !dropped.has(id)), grown: [...grown] };
}

const keyOf = ({ kind, staffId, campaignId }: Omit<Told, "id">) =>
  `${kind} ${staffId} ${campaignId}`;
