import { v7 as newId } from "uuid";
import { entry } from "./entry.ts";
import { raiseFinding } from "./findings.ts";
import { insert, type Row, type Sql } from "./sql.ts";
import type { Session } from "./steps.ts";

/** What an honest reviewer says of a session; `more` says what an attack does differently. */
export async function review(sql: Sql, session: Session, by: string, more: Row = {}) {
  const { subject, id: request } = session.request;
  await insert(sql, "session_reviews", {
    id: newId(),
    session_id: session.id,
    reviewer_id: by,
    verdict: "as_expected",
    entry_id:
      "entry_id" in more
        ? more.entry_id
        : await entry(sql, "session.reviewed", {
            ...{ actor: by, subject, request, session: session.id },
          }),
    ...more,
  });
}

/** The finding that looking closer raises. */
export async function raiseCloser(sql: Sql, session: Session, more: Row = {}): Promise<void> {
  const id = await raiseFinding(sql, session.request.actor, { detector: "look_closer", ...more });
  await insert(sql, "finding_sessions", { finding_id: id, session_id: session.id });
}
