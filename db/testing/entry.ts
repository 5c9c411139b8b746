import { randomBytes } from "node:crypto";
import { v7 as newId } from "uuid";
import type { AuditEvent } from "#lib/vocabulary.ts";
import type { Subject } from "./people.ts";
import { insert, type Sql } from "./sql.ts";

type About = {
  actor?: string;
  subject?: Subject;
  /** Where it is about an account, and none of its people. */
  account?: string;
  request?: string;
  session?: string;
  /** More of the payload, such as whom it is about. */
  body?: Record<string, unknown>;
};

/** One entry with its payload; gives its id. */
export async function entry(sql: Sql, event: AuditEvent, about: About = {}): Promise<string> {
  const id = newId();
  await insert(sql, "audit_entry", {
    id,
    event,
    actor_id: about.actor ?? null,
    subject_id: about.subject?.id ?? null,
    account_id: about.account ?? about.subject?.account ?? null,
    request_id: about.request ?? null,
    session_id: about.session ?? null,
  });
  await insert(sql, "audit_payload", {
    entry_id: id,
    salt: randomBytes(32),
    body: JSON.stringify({ what: "A step of a test", ...about.body }),
  });
  return id;
}
