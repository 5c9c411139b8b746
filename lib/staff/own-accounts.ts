import { type SQL, sql } from "drizzle-orm";
import type { Reader } from "#db/client.ts";

/** All accounts of the person who has this one, itself among them: a query that gives their ids. */
export const ownAccounts = (staffId: string): SQL =>
  sql`(select o.id from staff s join staff o on o.person_id = s.person_id where s.id = ${staffId}::uuid)`;

/** The same, read. */
export async function readOwnAccounts(db: Reader, staffId: string): Promise<string[]> {
  const { rows } = await db.execute<{ id: string }>(
    sql`select id from ${ownAccounts(staffId)} own`,
  );
  return rows.map(({ id }) => id);
}
