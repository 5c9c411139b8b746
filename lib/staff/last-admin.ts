import { sql } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";

/** Holds every admin as they are, in one order, so that of two who go at once one sees the other gone. */
export const lockAdmins = (tx: Transaction) =>
  tx.execute(sql`select from staff where id in (select staff_id from roles_held where role = 'admin')
    order by id for no key update`);

/** Whether this person is the only active admin. */
export async function isLastAdmin(tx: Transaction, staffId: string): Promise<boolean> {
  const { rows } = await tx.execute<{ last: boolean }>(
    sql`select last_admin(${staffId}::uuid, 'admin') as last`,
  );
  return rows[0]?.last ?? false;
}
