import policy14 from "#db/seed/policy-14.json" with { type: "json" };
import { entry } from "./entry.ts";
import type { Subject } from "./people.ts";
import { insert, type Row, type Sql } from "./sql.ts";
import { ask, grant, type Request, type Session, start } from "./steps.ts";

/** A policy by which one may break the glass. */
export const allowGlass = (owner: Sql, version: number, more: Row = {}) =>
  insert(owner, "policy_versions", {
    version,
    body: { ...policy14, breakGlass: { allowed: true, ...more } },
  });

const reason = "Payroll runs at midnight and shows one customer's data to another one.";

/** What an honest break-glass asks; `more` says what an attack does differently. */
export const askGlass = (sql: Sql, actor: string, subject: Subject, more: Row = {}) =>
  ask(sql, actor, subject, {
    ...{ scope: "read", minutes: 15, break_glass: true, reason },
    ...more,
  });

/** Grants and starts it, and tells whom it skipped: those of `asked`, else all. */
export async function useGlass(
  sql: Sql,
  request: Request,
  { asked, session: more }: { asked?: string[]; session?: Row } = {},
): Promise<Session> {
  await grant(sql, request);
  const session = await start(sql, request, more);
  const { rows } = await sql.query("select all_who_could_have_approved($1) as asked", [request.id]);
  await entry(sql, "break_glass.used", {
    ...{ actor: request.actor, subject: request.subject, request: request.id, session: session.id },
    body: { asked: asked ?? rows[0]?.asked },
  });
  return session;
}
