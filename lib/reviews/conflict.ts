import { sql } from "drizzle-orm";
import type { Reader } from "#db/client.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import { readOwnAccounts } from "#lib/staff/own-accounts.ts";
import type { Item } from "./item.ts";
import { type Conflict, conflictOf } from "./item-rules.ts";

/** Whether this reader is too near to the person of an item to decide it, as of now. */
export async function conflictWith(
  db: Reader,
  reader: StaffActor,
  item: Item,
): Promise<Conflict | null> {
  const found = await db.execute<{ reports: boolean }>(
    sql`select person_reports_to(${reader.id}, ${item.personId}) as reports`,
  );
  return conflictOf({
    accounts: await readOwnAccounts(db, reader.id),
    personId: item.personId,
    grantedBy: item.grantedBy,
    readerReports: found.rows[0]?.reports ?? true,
  });
}
