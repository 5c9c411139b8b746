import { sql } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";

/** What changes one product's directory follows each other; so what is read before the change still holds after it. */
export const oneAtATime = (tx: Transaction, productId: string) =>
  tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`directory ${productId}`}, 0))`);
