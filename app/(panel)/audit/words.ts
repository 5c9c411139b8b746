import type { AuditRow } from "#lib/audit/queries.ts";

/** Who an entry is of: the person, else what acted by itself ("Policy", "Ledger", "Alongside"). */
export function whoOf({ actorName, body }: AuditRow): string {
  const by = textOf(body.by);
  if (body.by_kind === "system" && by) return by;
  return actorName ?? by ?? "Alongside";
}

/** What happened. A mark before it says "Refused" or "Break-glass" already. */
export function whatOf({ body, event }: AuditRow): string {
  const what = textOf(body.what) ?? event;
  if (isGlass({ body, event })) return what.replace(", break-glass,", ",");
  return isRefusal({ event }) ? what.replace(/^Refused:? /, "") : what;
}

/** A member of a payload where it is text. */
export const textOf = (value: unknown): string | null =>
  typeof value === "string" && value !== "" ? value : null;

/** Whether the entry is of something that was refused. */
export const isRefusal = ({ event }: Pick<AuditRow, "event">): boolean =>
  event.endsWith(".refused") || event.endsWith("_refused");

/** Whether somebody stood in for the subject then: whoever asks, votes or opens a page is nobody but themselves. */
export const isAsSubject = ({ event }: AuditRow): boolean =>
  /^(session|action|code|token)\./.test(event) && !/^session\.review(ed|_refused)$/.test(event);

/** Whether it is about what started without the approval that the policy wants. */
export const isGlass = ({ event, body }: Pick<AuditRow, "event" | "body">): boolean =>
  event.startsWith("break_glass.") || body.break_glass === true;

/** Members of a payload that the other columns of an open entry say already. */
const said = new Set([
  ...["what", "by", "by_kind", "by_roles", "by_team", "ip", "user_agent"],
  ...["actor", "subject", "account", "reason", "reason_category", "lawful_basis", "ticket"],
  ...["policy", "comment"],
]);

/** The rest of the payload, as text for people who read JSON; null when nothing is left. */
export function restOf({ body }: AuditRow): string | null {
  const rest = Object.entries(body).filter(([name]) => !said.has(name));
  return rest.length > 0 ? JSON.stringify(Object.fromEntries(rest), null, 2) : null;
}
