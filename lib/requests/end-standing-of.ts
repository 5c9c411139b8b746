import { and, asc, eq, isNotNull, isNull, sql } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import { requests } from "#db/schema/impersonation.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { writeEnd } from "./end-standing.ts";
import { lockRequest } from "./lock.ts";

/** Takes the locks of what stands for somebody, which come before those of people: a start takes them so. */
export async function lockStandingOf(tx: Transaction, actorId: string): Promise<void> {
  for (const { id } of await standing(tx, actorId)) await lockRequest(tx, id);
}

/**
 * Ends every approval that stands for somebody who has just been suspended, each with its entry. Its caller has authorised it
 * and holds their row. What was granted and has not started is no part of it: that is cancelled.
 */
export async function endStandingOf(
  tx: Transaction,
  ctx: Ctx<StaffActor>,
  actorId: string,
): Promise<void> {
  for (const { id } of await standing(tx, actorId)) {
    const locked = await lockRequest(tx, id);
    await writeEnd(tx, ctx, locked, `${locked.request.actorName} was suspended`);
  }
}

/** What is over within moments ends by itself: the schema refuses to end what is over. An approval stands 24 hours at most. */
const standing = (tx: Transaction, actorId: string) =>
  tx
    .select({ id: requests.id })
    .from(requests)
    .where(
      and(
        eq(requests.actorId, actorId),
        isNotNull(requests.standingHours),
        isNull(requests.standingEndedAt),
        eq(requests.status, "used"),
        sql`${requests.createdAt} > clock_timestamp() - interval '49 hours'`,
        sql`${requests.grantedAt} + make_interval(hours => ${requests.standingHours}) > clock_timestamp() + interval '10 seconds'`,
      ),
    )
    .orderBy(asc(requests.id));
