import { and, asc, eq, not, type SQL, sql } from "drizzle-orm";
import type { Reader } from "#db/client.ts";
import { actions } from "#db/schema/impersonation.ts";
import { placeAt } from "#lib/kernel/keyset.ts";

export const deedColumns = {
  id: actions.id,
  seq: actions.seq,
  phase: actions.phase,
  effect: actions.effect,
  method: actions.method,
  route: actions.route,
  resource: actions.resource,
  kinds: actions.kinds,
  changes: actions.changes,
  refusal: actions.refusal,
  status: actions.status,
  at: actions.happenedAt,
  doneAt: actions.doneAt,
  entryId: actions.entryId,
};

const order = [asc(actions.happenedAt), asc(actions.seq), asc(actions.id)];

/** What was done in a session, in order: the first `limit`. */
export const readDeeds = (db: Reader, sessionId: string, limit: number) =>
  db
    .select(deedColumns)
    .from(actions)
    .where(eq(actions.sessionId, sessionId))
    .orderBy(...order)
    .limit(limit);
export type Deed = Awaited<ReturnType<typeof readDeeds>>[number];

const ended = sql`(select ended_at from sessions where id = ${actions.sessionId})`;

/** All that was done up to its end, or came in after it, read on as it is taken. */
export async function* allDeeds(
  db: Reader,
  sessionId: string,
  when: "during" | "after",
  batch = 500,
): AsyncGenerator<Deed> {
  const over = sql`coalesce(${actions.happenedAt} > ${ended}, false)`;
  const part = when === "after" ? over : not(over);
  let after: SQL | undefined;
  for (;;) {
    const rows = await db
      .select({ ...deedColumns, place: placeAt(actions.happenedAt) })
      .from(actions)
      .where(and(eq(actions.sessionId, sessionId), part, after))
      .orderBy(...order)
      .limit(batch);
    for (const { place: _, ...deed } of rows) yield deed;
    const last = rows.at(-1);
    if (!last || rows.length < batch) return;
    after = sql`(${actions.happenedAt}, ${actions.seq}, ${actions.id}) > (${last.place}::timestamptz, ${last.seq}, ${last.id}::uuid)`;
  }
}
