import { sql } from "drizzle-orm";
import type { Reader } from "#db/client.ts";
import { isOutOfReach } from "#db/out-of-reach.ts";
import { preparedStatement } from "#db/prepared.ts";
import { sessions } from "#db/schema/impersonation.ts";
import { together } from "#db/together.ts";
import type { ProductActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { refusalOf } from "#lib/kernel/database-refusals.ts";
import { newId } from "#lib/kernel/ids.ts";
import { first } from "./action-rules.ts";
import { sessionSelect } from "./lock.ts";
import { exportsAllowed, meeting, type Outcome, outcomeOf } from "./meeting.ts";
import type { ReportedAction } from "./schemas.ts";
import { newAction } from "./store-action.ts";

type Report = {
  name: string;
  ctx: Ctx<ProductActor>;
  sessionId: string;
  reported: ReportedAction[];
};

/** So many actions of each of so many reports at most: all of them wait for the statement. */
const mostActions = 20;
const mostReports = 20;

/**
 * Records what nearly every report is, all of it new and of a session that lives, with what other reports tell at the
 * same moment: read together, written by one statement, on disk before anybody is answered. Null where anything is not
 * so, or where anything of those who were together failed: then each is for itself, and finds on record what was written.
 */
export async function recordTogether(
  ctx: Ctx<ProductActor>,
  sessionId: string,
  reported: ReportedAction[],
): Promise<Outcome | null> {
  const ids = new Set(reported.map(({ id }) => id));
  if (ids.size < reported.length || reported.some(({ phase }) => phase === "done")) return null;
  const report = { name: newId(), ctx, sessionId, reported };
  if (reported.length <= mostActions) return recordOne(ctx.db, report);
  return (await recordAll(ctx.db, [report])).get(report.name) ?? null;
}

async function recordAll(db: Reader, reports: Report[]): Promise<Map<string, Outcome>> {
  try {
    return await record(db, reports);
  } catch (error) {
    // By itself each meets its own error only, and a refusal has its entry. What is neither is a fault, and shows.
    if (isOutOfReach(error)) throw error;
    if (reports.length === 1 && !refusalOf(error)) throw error;
    return new Map();
  }
}

const recordOne = together(({ name }: Report) => name, recordAll, mostReports);

async function record(db: Reader, reports: Report[]): Promise<Map<string, Outcome>> {
  const sessionIds = [...new Set(reports.map(({ sessionId }) => sessionId))];
  const read = new Map((await select(db, { ids: sessionIds })).map((row) => [row.id, row]));
  const all = reports.flatMap(({ reported }) => reported);
  const exports = await exportsAllowed(db, all);

  const told: Told[] = [];
  const outcomes = new Map<string, Outcome>();
  const reportOf = new Map<string, string>();
  for (const { name, ctx, sessionId, reported } of reports) {
    const row = read.get(sessionId);
    if (!row || row.productId !== ctx.actor.id) continue;
    const { at, ...session } = row;
    const met = meeting(session, new Date(at), exports);
    if (!met.around.active) continue;
    const verdicts = reported.map((action) => {
      const verdict = first(action, met.around);
      const one = toldOf(newAction(ctx, action, session, verdict.reason ?? null));
      told.push(one);
      reportOf.set(one.entry_id, name);
      return verdict;
    });
    outcomes.set(name, outcomeOf(met, verdicts));
  }
  if (told.length === 0) return outcomes;
  for (const { entry } of await write(db, JSON.stringify(told), sessionIds))
    outcomes.delete(reportOf.get(entry) ?? "");
  return outcomes;
}

const select = sessionSelect(
  "sessions_told_of",
  {},
  sql`${sessions.id} = any(${sql.placeholder("ids")}::uuid[])`,
);

/** What of the two rows the session itself does not say. */
function toldOf({ entry: { event, salt, body }, row }: ReturnType<typeof newAction>) {
  const { session_began: _, ...told } = row;
  return { ...told, event, salt, body };
}
type Told = ReturnType<typeof toldOf>;

/** Gives the entries that were not written, with their actions: of sessions that did not live, or on record already. */
const write = preparedStatement<{ entry: string }>(
  "record_actions",
  "select entry from record_actions($1, $2) as entry",
);
