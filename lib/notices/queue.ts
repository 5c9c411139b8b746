import { sql } from "drizzle-orm";
import { fromDrizzle, type PgBoss } from "pg-boss";
import type { Reader } from "#db/client.ts";
import { bossOver, type Queue } from "#db/queues.ts";
import type { ChannelName } from "#lib/vocabulary.ts";

/** A channel that leads out of the panel. */
export type OutName = Exclude<ChannelName, "inbox">;

export const queueOf = (channel: OutName): Queue => `notice-${channel}`;

/** What runs pg-boss's statements in a transaction of ours. */
export const over = (db: Reader) => fromDrizzle(db, sql);

/** pg-boss over this process's pool, ready to send and fetch. Stop it with `stop({ graceful: false })`. */
export const openBoss = (db: Reader): Promise<PgBoss> => bossOver(over(db)).start();

/** What a job says: the copy that is to be brought up to date, whatever that takes. */
export type JobData = { id: string };

/** Wants this copy looked at, at once or at a time. In the caller's transaction: neither without the other. */
export async function enqueue(
  tx: Reader,
  boss: PgBoss,
  channel: OutName,
  copies: { id: string; at?: Date | undefined }[],
): Promise<void> {
  if (copies.length === 0) return;
  const jobs = copies.map(({ id, at }) => ({ data: { id }, ...(at ? { startAfter: at } : {}) }));
  await boss.insert(queueOf(channel), jobs, { db: over(tx) });
}
