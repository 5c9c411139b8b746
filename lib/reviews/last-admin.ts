import { sql } from "drizzle-orm";
import type { Reader } from "#db/client.ts";
import type { Item } from "./item.ts";

/** Whether nobody active but this person changes staff and settings: no review takes that, and the schema refuses it. */
export async function isLastAdmin(
  db: Reader,
  { personId, role }: Pick<Item, "personId" | "role">,
): Promise<boolean> {
  if (role !== "admin") return false;
  const { rows } = await db.execute<{ last: boolean }>(
    sql`select last_admin(${personId}::uuid, ${role}) as last`,
  );
  return rows[0]?.last ?? true;
}
