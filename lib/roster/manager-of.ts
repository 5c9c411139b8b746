import { sql } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import { staff } from "#db/schema/staff.ts";
import { refuse } from "#lib/kernel/result.ts";

/** Whom somebody reports to, by e-mail; null for nobody. Refuses with `invalid` beside the field. */
export async function managerBy(
  tx: Transaction,
  email: string,
  staffId: string | null,
): Promise<string | null> {
  if (email === "") return null;
  const [row] = await tx
    .select({ id: staff.id, status: staff.status })
    .from(staff)
    .where(sql`lower(${staff.email}) = lower(${email})`);
  const invalid = (managerEmail: string): never =>
    refuse("invalid", "One answer needs another look.", { fields: { managerEmail } });
  if (!row) return invalid("Nobody on the staff has this e-mail.");
  if (row.status !== "active") return invalid("This person is deactivated.");
  if (row.id === staffId) return invalid("Nobody reports to themselves.");
  return row.id;
}
