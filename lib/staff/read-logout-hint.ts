import { eq } from "drizzle-orm";
import type { Reader } from "#db/client.ts";
import { staffSignIns } from "#db/schema/staff.ts";

/** What a logout at the issuer needs of a sign-in that is about to end; null when no issuer was asked. */
export async function readLogoutHint(
  db: Reader,
  signInId: string,
): Promise<{ issuer: string; idToken: string | null } | null> {
  const [row] = await db
    .select({ issuer: staffSignIns.issuer, idToken: staffSignIns.idToken })
    .from(staffSignIns)
    .where(eq(staffSignIns.id, signInId));
  return row?.issuer ? { issuer: row.issuer, idToken: row.idToken } : null;
}
