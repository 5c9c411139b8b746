import { and, eq, inArray, sql } from "drizzle-orm";
import type { Reader } from "#db/client.ts";
import { subjects } from "#db/schema/directory.ts";
import { actions, requests, sessions } from "#db/schema/impersonation.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { keyset, type PageInput, placeAt, toPage } from "#lib/kernel/keyset.ts";
import { type Deed, deedColumns } from "./deeds.ts";
import { actor, visible } from "./session-view.ts";

/** One person, or all people of an account. */
export type Of = { subjectId: string } | { accountId: string };

const columns = {
  id: sessions.id,
  number: sessions.number,
  startedAt: sessions.startedAt,
  actor: { id: actor.id, name: actor.name },
  subject: { id: subjects.id, name: subjects.name, lang: subjects.lang },
  request: {
    reason: requests.reason,
    ticket: requests.ticket,
    breakGlass: requests.breakGlass,
  },
  writes: sql<number>`(select count(*) from ${actions} a
    where a.session_id = ${sessions.id} and a.phase = 'attempt')`.mapWith(Number),
  place: placeAt(sessions.startedAt),
};

/** The tables that a line names, and no more: to plan a join of all that a session's page shows costs more than to run it. */
const query = (db: Reader) =>
  db
    .select(columns)
    .from(sessions)
    .innerJoin(requests, eq(requests.id, sessions.requestId))
    .innerJoin(actor, eq(actor.id, sessions.actorId))
    .innerJoin(subjects, eq(subjects.id, sessions.subjectId));

/** A session in which something was changed, with the last writes of it; `writes` says how many there are. */
export type Changed = Awaited<ReturnType<typeof query>>[number] & { last: Deed[] };

/** How many writes of a session are read: the rest stands on its own page. */
const shown = 6;

/**
 * Sessions, past or live, in which something was changed and which this reader may see, the newest first, each with its
 * last writes, the newest first.
 */
export async function readChanged(
  ctx: Ctx<StaffActor>,
  of: Of,
  input: PageInput,
  limit = 10,
  each = shown,
) {
  const from = keyset(sessions.startedAt, sessions.id, input);
  const rows = await query(ctx.db)
    .where(
      and(
        "subjectId" in of
          ? eq(sessions.subjectId, of.subjectId)
          : eq(sessions.accountId, of.accountId),
        // Nothing is changed in a session for looking: the schema refuses it.
        eq(sessions.scope, "write"),
        sql`exists (select from ${actions} a where a.session_id = ${sessions.id} and a.phase = 'attempt')`,
        visible(ctx, "read_audit"),
        from.where,
      ),
    )
    .orderBy(...from.orderBy)
    .limit(limit + 1);
  const page = toPage(rows, limit, from);
  const last = await lastWrites(
    ctx,
    page.rows.map(({ id }) => id),
    each,
  );
  return {
    ...page,
    rows: page.rows.map((row): Changed => ({ ...row, last: last.get(row.id) ?? [] })),
  };
}

/** The last writes of each of these sessions. */
async function lastWrites({ db }: Ctx, ids: string[], each: number): Promise<Map<string, Deed[]>> {
  const found = new Map<string, Deed[]>();
  if (ids.length === 0) return found;
  const ranked = db
    .select({
      sessionId: actions.sessionId,
      ...deedColumns,
      nth: sql<number>`row_number() over (partition by ${actions.sessionId}
        order by ${actions.happenedAt} desc, ${actions.seq} desc, ${actions.id} desc)`.as("nth"),
    })
    .from(actions)
    .where(and(inArray(actions.sessionId, ids), eq(actions.phase, "attempt")))
    .as("ranked");
  const rows = await db
    .select()
    .from(ranked)
    .where(sql`${ranked.nth} <= ${each}`)
    .orderBy(ranked.sessionId, ranked.nth);
  for (const { sessionId, nth: _, ...deed } of rows)
    found.set(sessionId, [...(found.get(sessionId) ?? []), deed]);
  return found;
}
