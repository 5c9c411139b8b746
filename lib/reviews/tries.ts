import { and, desc, eq, gt, inArray, isNull, sql } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { subjects } from "#db/schema/directory.ts";
import { requests, sessions } from "#db/schema/impersonation.ts";
import { staffSignIns } from "#db/schema/staff.ts";
import { scopeNow } from "#lib/impersonation/scope-now.ts";
import { startIn } from "#lib/impersonation/start.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { newId } from "#lib/kernel/ids.ts";
import { askIn } from "#lib/requests/ask.ts";
import { readSignIn } from "#lib/staff/read-sign-in.ts";
import type { Role, Scope } from "#lib/vocabulary.ts";
import { attempt, type Tried } from "./attempt.ts";

/** Uses the newest sign-in of the person again, as their browser would; null where they never had one. */
export async function trySignIn(
  db: Database,
  personId: string,
  has: (actor: StaffActor) => boolean,
): Promise<Tried | null> {
  const [row] = await db
    .select({ id: staffSignIns.id })
    .from(staffSignIns)
    .where(eq(staffSignIns.staffId, personId))
    .orderBy(desc(staffSignIns.createdAt))
    .limit(1);
  if (!row) return null;
  const what = "Used their newest sign-in";
  const read = await readSignIn(db, row.id, false);
  if (!read.ok)
    return { what, outcome: "refused", by: read.why, answer: "It lets nobody in any more." };
  return has(read.actor)
    ? { what, outcome: "possible", by: "", answer: "It still carries the right." }
    : { what, outcome: "refused", by: "no_right", answer: "It no longer carries the right." };
}

/** Asks, and starts what was granted before, as this person: by the panel's verbs, and past them at the database. */
export async function tryStandingIn(ctx: Ctx<StaffActor>, scope: Scope): Promise<Tried[]> {
  const { db, actor } = ctx;
  const verb = scope === "write" ? "act" : "look";
  const byPanel = scope === "write" ? ["looking_only", "not_allowed"] : ["not_allowed"];
  const by = (of: "request" | "session") =>
    scope === "write" ? [`${of}_looking_only`, `${of}_actor_role`] : [`${of}_actor_role`];
  const tried: Tried[] = [];
  const [subject] = await db
    .select({ id: subjects.id, accountId: subjects.accountId, productId: subjects.productId })
    .from(subjects)
    .where(
      sql`(select refusal from subject_standing where subject_standing.id = ${subjects.id}) is null`,
    )
    .limit(1);
  if (subject)
    tried.push(
      await attempt(db, `Asked to ${verb} as a customer`, byPanel, (tx) =>
        askIn(tx, ctx, { ...question, subjectId: subject.id, scope }, 0),
      ),
    );
  tried.push(
    await attempt(db, `Asked the database to ${verb}, past the panel`, by("request"), (tx) =>
      tx.insert(requests).values({
        ...rawQuestion,
        ...{ id: newId(), number: 0, scope, actorId: actor.id, askedEntryId: newId() },
        subjectId: subject?.id ?? newId(),
        accountId: subject?.accountId ?? newId(),
        productId: subject?.productId ?? newId(),
      }),
    ),
  );
  // Whoever may not look may not act either: what was granted or is live for acting counts too.
  const scopes: Scope[] = scope === "write" ? ["write"] : ["read", "write"];
  for (const one of scopes) tried.push(...(await tryStarting(ctx, one, byPanel, by("session"))));
  const [live] = await db
    .select({ id: sessions.id })
    .from(sessions)
    .where(and(eq(sessions.actorId, actor.id), isNull(sessions.endedAt), inArray(scopeNow, scopes)))
    .limit(1);
  tried.push({
    what: "Looked for a live session of theirs",
    outcome: live ? "possible" : "refused",
    by: live ? "" : "none_live",
    answer: live ? "One is live." : "There is none.",
  });
  return tried;
}

/** Starts what was granted before, where there is any. */
async function tryStarting(
  ctx: Ctx<StaffActor>,
  scope: Scope,
  byPanel: readonly string[],
  byDatabase: readonly string[],
): Promise<Tried[]> {
  const { db, actor } = ctx;
  const [granted] = await db
    .select()
    .from(requests)
    .where(
      and(
        eq(requests.actorId, actor.id),
        eq(requests.status, "granted"),
        eq(requests.scope, scope),
        gt(requests.startBy, sql`clock_timestamp()`),
      ),
    )
    .limit(1);
  if (!granted) return [];
  const verb = scope === "write" ? "act" : "look";
  const { id: requestId, subjectId, accountId, productId, minutes, policyVersion } = granted;
  return [
    await attempt(db, `Started what was granted before, to ${verb}`, byPanel, (tx) =>
      startIn(tx, ctx, granted.id),
    ),
    await attempt(db, `Started it at the database, to ${verb}`, byDatabase, (tx) =>
      tx.insert(sessions).values({
        ...{ id: newId(), number: 0, requestId, actorId: actor.id, subjectId, accountId },
        ...{ productId, scope, minutes: Math.min(minutes, granted.grantedMinutes ?? minutes) },
        ...{ policyVersion, idleMinutes: 5, signInId: actor.signInId, startedEntryId: newId() },
      }),
    ),
  ];
}

/** What the database itself answers when a guarantee asks whether the person holds the role. */
export async function tryHolding(db: Database, personId: string, role: Role): Promise<Tried> {
  const found = await db.execute<{ holds: boolean }>(
    sql`select holds_role(${personId}, ${role}) as holds`,
  );
  const holds = found.rows[0]?.holds !== false;
  return {
    what: `Asked the database whether they hold the role ${role}`,
    outcome: holds ? "possible" : "refused",
    by: holds ? "" : "holds_role",
    answer: holds ? "They do." : "They do not.",
  };
}

const question = {
  reasonCategory: "configuration_check" as const,
  reason: "The access review tries whether this is refused.",
  callerCheck: "nobody_calling" as const,
  minutes: 15,
};
const rawQuestion = {
  ...question,
  lawfulBasis: "legitimate_interest" as const,
  policyVersion: 1,
  approvalsNeeded: 0,
  lapsesAt: new Date(0),
};
