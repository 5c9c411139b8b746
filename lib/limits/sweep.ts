import { sql } from "drizzle-orm";
import type { Database } from "#db/client.ts";

/** Deletes buckets that are full and searches that are over; the worker's part. */
export const sweepLimits = async (db: Database): Promise<void> =>
  void (await db.execute(sql`select sweep_limits()`));
