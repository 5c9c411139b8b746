import type { CsvValue } from "#lib/files/csv.ts";
import { noConflict } from "#lib/reviews/item-rules.ts";
import type { PackDecision } from "./decisions.ts";
import type { PackItem, Person } from "./item.ts";
import type { Difference } from "./roster.ts";

type Task = PackItem["tasks"][number];
type GivenOn = Task["givenOn"][number];
export type Column<T> = {
  head: string;
  of: (row: T) => CsvValue;
  /** What JSONL says instead, where a cell holds a list. */
  json?: (row: T) => unknown;
};

const list = (values: readonly string[]): string => values.join(" ");

/** What an auditor asks of each item, in this order; docs/evidence.md says what each field means. */
export const itemColumns = (campaign: string): Column<PackItem>[] => [
  { head: "campaign", of: () => campaign },
  { head: "item", of: (i) => i.number },
  { head: "item_id", of: (i) => i.id },
  { head: "staff_id", of: (i) => i.staffId },
  { head: "name", of: (i) => i.name },
  { head: "mail", of: (i) => i.email },
  { head: "team", of: (i) => i.team },
  { head: "employment_status", of: (i) => i.status },
  { head: "deactivated_at", of: (i) => i.deactivatedAt },
  { head: "manager_at_snapshot", of: (i) => i.managerName },
  { head: "manager_id_at_snapshot", of: (i) => i.managerId },
  { head: "account_kind", of: (i) => i.kind },
  { head: "role", of: (i) => i.role },
  { head: "permissions", of: (i) => list(i.permissions), json: (i) => i.permissions },
  { head: "scope", of: (i) => list(i.scopes), json: (i) => i.scopes },
  { head: "privileged", of: (i) => i.privileged },
  { head: "grant_source", of: (i) => i.source },
  { head: "grant_id", of: (i) => i.grantId },
  { head: "granted_at", of: (i) => i.grantedAt },
  { head: "granted_by", of: (i) => i.grantedBy },
  { head: "granted_by_id", of: (i) => i.grantedById },
  { head: "ended_at", of: (i) => i.endedAt },
  { head: "last_used_at", of: (i) => i.lastUsedAt },
  { head: "sessions_in_period", of: (i) => i.sessions },
  { head: "break_glass_count", of: (i) => i.breakGlass },
  { head: "open_findings", of: (i) => i.openFindings },
  { head: "reviewer", of: (i) => i.reviewer?.name },
  { head: "reviewer_id", of: (i) => i.reviewer?.id },
  { head: "reviewer_role", of: (i) => i.decision?.as ?? roleOf(i) },
  { head: "reviewer_assigned_as", of: (i) => i.reviewerHow },
  { head: "conflict_check", of: conflictCheck },
  {
    head: "reassignments",
    of: (i) => i.reassignments.map(reassigned).join("; "),
    json: (i) => i.reassignments,
  },
  { head: "decision", of: decided },
  {
    head: "justification",
    of: (i) => i.decision?.justification ?? i.exception?.reason ?? takenWords(i),
  },
  { head: "decided_by", of: (i) => i.decision && (i.decision.by?.name ?? "policy") },
  { head: "decided_by_id", of: (i) => i.decision?.by?.id },
  { head: "decided_at", of: (i) => i.decision?.at },
  { head: "sign_in", of: (i) => i.decision?.signInHow },
  { head: "seconds_since_proof", of: (i) => i.decision?.signInAge },
  { head: "seconds_on_item", of: (i) => i.decision?.seconds },
  { head: "in_bulk", of: (i) => i.decision?.inBulk },
  { head: "sample_opened", of: (i) => i.decision?.sampleOpened },
  { head: "sample_size", of: (i) => i.decision?.sampleSize },
  { head: "remediation_id", of: (i) => i.remediation?.id },
  { head: "remediation", of: (i) => i.remediation?.what },
  { head: "remediated_by", of: (i) => i.remediation && (i.remediation.by?.name ?? "policy") },
  { head: "remediated_at", of: (i) => i.remediation?.at },
  { head: "remediation_verified_how", of: (i) => i.remediation?.verifiedHow },
  { head: "remediation_result", of: (i) => i.remediation?.result },
  { head: "remediation_verified_at", of: (i) => i.remediation?.verifiedAt },
  { head: "remediation_entry_id", of: (i) => i.remediation?.verifiedEntryId },
  { head: "tasks", of: (i) => i.tasks.map(taskWords).join("; "), json: (i) => i.tasks },
  { head: "exception_owner", of: (i) => i.exception?.owner?.name },
  { head: "exception_owner_id", of: (i) => i.exception?.owner?.id },
  { head: "exception_expires_on", of: (i) => i.exception?.expiresOn },
  { head: "entry_id", of: entryOf },
];

/** By what right an item that nobody decided had its reviewer. */
const roleOf = ({ reviewer, reviewerHow }: PackItem) =>
  reviewer && (reviewerHow === "compliance" ? "compliance" : "manager");

/** What was checked: at the decision or, where nobody decided, when the item was given out, which the schema refuses else. */
const conflictCheck = ({ decision, reviewer, name }: PackItem) =>
  decision?.conflictCheck ??
  (reviewer
    ? `When it was given out: ${noConflict(reviewer.name, name)}`
    : "Nobody could decide it without a conflict.");

/** The entry of what became of an item: its decision, its exception, or the loss of the right. */
const entryOf = ({ decision, exception, taken, endedEntryId }: PackItem) =>
  decision?.entryId ?? exception?.entryId ?? taken?.entryId ?? endedEntryId;

const reassigned = ({ to, by, at, reason }: PackItem["reassignments"][number]): string =>
  `${at.toISOString()} to ${to?.name ?? "nobody"} by ${by?.name ?? "rule"}${reason ? ` (${reason})` : ""}`;

const taskWords = (task: Task): string =>
  `${task.what} (owner ${task.owner?.name ?? "nobody"}, due ${task.dueOn}, ${[...task.givenOn.map(givenOnWords), doneWords(task), lookedWords(task)].join(", ")})`;

/** Who had a task before, until when, and who gave it on to whom, when and why. */
export const givenOnWords = ({ from, fromDueOn, to, by, at, reason }: GivenOn): string =>
  `of ${nameOf(from)} until ${fromDueOn}, given on to ${nameOf(to)} by ${nameOf(by)} ${at.toISOString()} (${reason})`;
const nameOf = (of: Person): string => of?.name ?? "nobody";

/** Whether the owner of a task says that it is done. */
const doneWords = ({ doneBy, doneAt }: Task): string =>
  doneAt ? `done by ${doneBy?.name ?? "nobody"} ${doneAt.toISOString()}` : "not done";

/** Who looked whether it was done, how, and what they found. */
const lookedWords = ({ result, verifiedBy, verifiedAt, verifiedHow }: Task): string =>
  result && verifiedAt
    ? `${result.replace("_", " ")}: looked at by ${verifiedBy?.name ?? "nobody"} ${verifiedAt.toISOString()}, ${verifiedHow}`
    : "nobody looked again";

export const decisionColumns = (campaign: string): Column<PackDecision>[] => [
  { head: "campaign", of: () => campaign },
  { head: "item", of: (d) => d.number },
  { head: "decision_id", of: (d) => d.id },
  { head: "staff_id", of: (d) => d.staffId },
  { head: "name", of: (d) => d.name },
  { head: "role", of: (d) => d.role },
  { head: "decision", of: (d) => d.decision },
  { head: "in_force_at_closing", of: (d) => d.counts },
  { head: "justification", of: (d) => d.justification },
  { head: "decided_by", of: (d) => d.byName ?? "policy" },
  { head: "decided_by_id", of: (d) => d.byId },
  { head: "decided_as", of: (d) => d.as },
  { head: "decided_at", of: (d) => d.at },
  { head: "sign_in", of: (d) => d.signInHow },
  { head: "seconds_since_proof", of: (d) => d.signInAge },
  { head: "conflict_check", of: (d) => d.conflictCheck },
  { head: "seconds_on_item", of: (d) => d.seconds },
  { head: "in_bulk", of: (d) => d.inBulk },
  { head: "sample_opened", of: (d) => d.sampleOpened },
  { head: "sample_size", of: (d) => d.sampleSize },
  { head: "entry_id", of: (d) => d.entryId },
];

/** Who is in the population and not in the company's roster, the other way round, or in both with another status. */
export const differenceColumns: Column<Difference>[] = [
  { head: "where", of: (d) => d.where },
  { head: "mail", of: (d) => d.mail },
  { head: "name", of: (d) => d.name },
  { head: "status", of: (d) => d.status },
];

const decided = ({ decision, exception, taken }: PackItem): string | null =>
  decision?.decision ?? (exception ? "exception" : taken && "taken_meanwhile");

/** Why an item has no decision, where somebody took the right before there was one. */
export const takenWords = ({ taken }: PackItem): string | null =>
  taken &&
  `Taken by ${taken.by?.name ?? "somebody"} on ${taken.at.toISOString().slice(0, 10)}, outside of the review.`;
