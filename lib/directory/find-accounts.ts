import { asc, ilike, or } from "drizzle-orm";
import type { Reader } from "#db/client.ts";
import { accounts } from "#db/schema/directory.ts";
import { plainText } from "#lib/kernel/typed-text.ts";

/** Accounts whose name holds what was typed, or whose id in the product it is; at most `limit`, by name. */
export function findAccounts(db: Reader, typed: string, limit = 8) {
  const text = plainText(typed).replace(/[\\%_]/g, (sign) => `\\${sign}`);
  return db
    .select({
      id: accounts.id,
      externalId: accounts.externalId,
      name: accounts.name,
      tier: accounts.tier,
    })
    .from(accounts)
    .where(or(ilike(accounts.name, `%${text}%`), ilike(accounts.externalId, text)))
    .orderBy(asc(accounts.name), asc(accounts.id))
    .limit(limit);
}
