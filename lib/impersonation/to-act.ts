import { sql } from "drizzle-orm";
import { requests, sessions } from "#db/schema/impersonation.ts";
import type { Scope } from "#lib/vocabulary.ts";
import { scopeNow } from "./scope-now.ts";

type Asked = { id: string; status: "pending" | "granted" };

/** What of a session that looks says whether, and how far, its actor can go on to acting as the same person. */
export const toActColumns = {
  mayAct: sql<boolean>`exists (select 1 from roles_held
    where staff_id = ${sessions.actorId} and role = 'agent' and not looking_only)`,
  /** Their newest request for it that is open. No request is open for longer than its 24 hours and the 30 minutes after. */
  toAct: sql<Asked | null>`case when ${scopeNow} = 'read' then (
    select json_build_object('id', ${requests.id}, 'status', ${requests.status}) from ${requests}
    where ${requests.actorId} = ${sessions.actorId} and ${requests.subjectId} = ${sessions.subjectId}
      and ${requests.scope} = 'write' and ${requests.status} in ('pending', 'granted')
      and coalesce(${requests.startBy}, ${requests.lapsesAt}) > clock_timestamp()
      and ${requests.createdAt} > clock_timestamp() - interval '25 hours'
    order by ${requests.createdAt} desc limit 1) end`,
};

type ToAct = { id: string; scope: Scope; mayAct: boolean; toAct: Asked | null };

/**
 * Where the actor goes on to acting, for the product to link to: `possible` asks for it, `waiting` and `granted` lead to
 * what was asked. Nothing where one acts already, or may not.
 */
export function actingMember(issuer: string, { id, scope, mayAct, toAct }: ToAct) {
  if (scope === "write" || !mayAct) return {};
  if (!toAct)
    return { acting: { state: "possible" as const, url: `${issuer}/sessions/${id}/act` } };
  const state = toAct.status === "granted" ? ("granted" as const) : ("waiting" as const);
  return { acting: { state, url: `${issuer}/requests/${toAct.id}` } };
}
