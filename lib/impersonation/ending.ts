import { eq, sql } from "drizzle-orm";
import type { Reader } from "#db/client.ts";
import { subjects } from "#db/schema/directory.ts";
import { requests, sessions } from "#db/schema/impersonation.ts";
import { staff } from "#db/schema/staff.ts";
import { againPath } from "#lib/requests/again-path.ts";
import type { EndCause } from "#lib/vocabulary.ts";

/** What a product tells the agent about the end of a session; null while it has not ended. */
export async function readEnding(tx: Reader, sessionId: string) {
  const [row] = await tx
    .select({
      sid: sessions.id,
      endedAt: sessions.endedAt,
      cause: sessions.endCause,
      comment: sessions.endComment,
      by: staff.name,
      startedAt: sessions.startedAt,
      minutes: sessions.minutes,
      subjectId: sessions.subjectId,
      subjectName: subjects.name,
      requestId: sessions.requestId,
      returnPath: sql<string>`coalesce((select '/requests/' || n.id from requests n
        where n.carried_from = ${sessions.id}), ${requests.returnPath})`,
    })
    .from(sessions)
    .innerJoin(requests, eq(requests.id, sessions.requestId))
    .innerJoin(subjects, eq(subjects.id, sessions.subjectId))
    .leftJoin(staff, eq(staff.id, sessions.endedBy))
    .where(eq(sessions.id, sessionId));
  return row?.endedAt ? row : null;
}

/** After these there is nothing to ask for anew: nobody may, it was done already, or another session goes on. */
const final: ReadonlySet<EndCause | null> = new Set<EndCause>([
  "subject_withdrawn",
  "actor_withdrawn",
  "account_stricter",
  "global_stop",
  "upgraded",
]);

/** The members that an inactive answer adds (the contract with a product, DESIGN §6). */
export const endingMembers = (
  issuer: string,
  ending: NonNullable<Awaited<ReturnType<typeof readEnding>>>,
) => ({
  sid: ending.sid,
  ended_at: ending.endedAt?.toISOString() ?? null,
  ended_cause: ending.cause,
  ended_by: ending.by,
  ended_comment: ending.comment,
  started_at: ending.startedAt.toISOString(),
  minutes: ending.minutes,
  subject_name: ending.subjectName,
  return_url: new URL(ending.returnPath, issuer).href,
  again_url: final.has(ending.cause) ? null : new URL(againPath(ending), issuer).href,
});
