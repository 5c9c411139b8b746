import { inArray, sql } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import { directorySeen, directorySyncs } from "#db/schema/directory.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import type { LineKind } from "#lib/vocabulary.ts";
import type { Part } from "./parts.ts";
import { arrayOf } from "./write-rows.ts";

/** Notes whom a part names, also by a line that could not be taken: whoever is named is not gone. */
export async function noteSeen(tx: Transaction, syncId: string, part: Part): Promise<void> {
  const named: { kind: LineKind; id: string }[] = [
    ...part.accounts.map(({ value }) => ({ kind: value.type, id: value.id })),
    ...part.users.map(({ value }) => ({ kind: value.type, id: value.id })),
    ...part.tickets.map(({ value }) => ({ kind: value.type, id: value.id })),
    ...part.alsoNamed,
  ];
  if (named.length === 0) return;
  const kinds = arrayOf(
    named.map(({ kind }) => kind),
    "text",
  );
  const ids = arrayOf(
    named.map(({ id }) => id),
    "text",
  );
  await tx.execute(
    sql`insert into ${directorySeen} select ${syncId}::uuid, * from unnest(${kinds}, ${ids}) on conflict do nothing`,
  );
}

/** Forgets what syncs that are over noted, a piece at a time; the worker's part. Gives how many rows. */
export async function sweepSeen({ db }: Ctx, limit = 20_000): Promise<number> {
  const over = await db
    .select({ id: directorySyncs.id })
    .from(directorySyncs)
    .where(
      sql`${directorySyncs.closedAt} > now() - interval '30 days' and exists (select from ${directorySeen} s where s.sync_id = ${directorySyncs.id})`,
    )
    .limit(1);
  if (over.length === 0) return 0;
  const piece = db
    .select({ place: sql`ctid` })
    .from(directorySeen)
    .where(
      inArray(
        directorySeen.syncId,
        over.map(({ id }) => id),
      ),
    )
    .limit(limit);
  const { rowCount } = await db.delete(directorySeen).where(sql`ctid = any(array(${piece}))`);
  return rowCount ?? 0;
}
