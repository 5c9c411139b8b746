import type { AuditParams } from "#lib/audit/search-params.ts";
import { requestNumber, sessionNumber } from "#lib/kernel/ids.ts";
import { effectWords } from "#lib/vocabulary-labels.ts";
import { nameOfAccount, nameOfActor, nameOfSubject } from "../../_filters/typed.ts";
import { daysWords } from "../../_words/began.ts";
import type { AuditFiltersProps } from "./audit-filters.tsx";

type On = { field: string; value: string; names: (keyof AuditParams)[] };

/** What is filtered by, in words. */
export async function chipsOf({
  ctx,
  params,
  rows,
}: Omit<AuditFiltersProps, "matches">): Promise<On[]> {
  const [row] = rows;
  const { actor, subject, account, session, request, event, resource, ticket, effect } = params;
  const { from, to } = params;
  const on: On[] = [];
  const add = (field: string, value: string, ...names: On["names"]) =>
    on.push({ field, value, names });
  if (from || to) add("Time", daysWords(from, to), "from", "to");
  if (actor) add("Actor", await nameOfActor(ctx, "read_audit", actor), "actor");
  if (subject) add("Subject", await nameOfSubject(ctx, subject), "subject");
  if (account) add("Account", await nameOfAccount(ctx, account), "account");
  if (session)
    add("Session", row?.sessionNumber ? sessionNumber(row.sessionNumber) : "one", "session");
  if (request)
    add("Request", row?.requestNumber ? requestNumber(row.requestNumber) : "one", "request");
  if (event?.length) add("Event", event.join(", "), "event");
  if (effect) add("Effect", effectWords[effect], "effect");
  if (ticket) add("Ticket", ticket, "ticket");
  if (resource) add("Resource", resource, "resource");
  if (params.writes) add("Writes", "only", "writes");
  return on;
}
