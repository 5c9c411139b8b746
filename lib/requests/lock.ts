import { eq, sql } from "drizzle-orm";
import { clock, type Transaction } from "#db/client.ts";
import { preparedSelect } from "#db/prepared.ts";
import { accounts, subjects } from "#db/schema/directory.ts";
import { requests } from "#db/schema/impersonation.ts";
import { staff } from "#db/schema/staff.ts";
import { refuse } from "#lib/kernel/result.ts";

/** What a verb knows of a request, with the names that its entries carry. */
export const requestColumns = {
  id: requests.id,
  number: requests.number,
  actorId: requests.actorId,
  actorName: staff.name,
  subjectId: requests.subjectId,
  subjectName: subjects.name,
  accountId: requests.accountId,
  accountName: accounts.name,
  productId: requests.productId,
  scope: requests.scope,
  minutes: requests.minutes,
  grantedMinutes: requests.grantedMinutes,
  ticket: requests.ticket,
  reasonCategory: requests.reasonCategory,
  reason: requests.reason,
  lawfulBasis: requests.lawfulBasis,
  status: requests.status,
  askHash: requests.askHash,
  sensitive: requests.sensitive,
  approvalsNeeded: requests.approvalsNeeded,
  sensitiveBecause: requests.sensitiveBecause,
  requirements: requests.requirements,
  breakGlass: requests.breakGlass,
  standingHours: requests.standingHours,
  standingOf: requests.standingOf,
  standingEndedAt: requests.standingEndedAt,
  grantedAt: requests.grantedAt,
  lapsesAt: requests.lapsesAt,
  startBy: requests.startBy,
};

const select = preparedSelect("request_for_update", requestColumns, (builder, columns) =>
  builder
    .select(columns)
    .from(requests)
    .innerJoin(staff, eq(staff.id, requests.actorId))
    .innerJoin(subjects, eq(subjects.id, requests.subjectId))
    .innerJoin(accounts, eq(accounts.id, requests.accountId))
    .where(eq(requests.id, sql.placeholder("id")))
    .for("update", { of: requests }),
);

/**
 * The request, locked, with the names that its entries carry, and the time read after the lock was held: a deadline
 * that passed while we waited counts. Refuses with `not_found`.
 */
export async function lockRequest(tx: Transaction, id: string) {
  const [request] = await select(tx, { id });
  if (!request) refuse("not_found", "Nothing here that you may see.");
  return { request, at: await clock(tx) };
}

export type LockedRequest = Awaited<ReturnType<typeof lockRequest>>["request"];

/** What every entry about a request carries. */
export const about = (
  request: Pick<LockedRequest, "id" | "accountId" | "subjectId" | "ticket" | "reasonCategory">,
) => ({
  accountId: request.accountId,
  subjectId: request.subjectId,
  requestId: request.id,
  index: { ticket: request.ticket, reasonCategory: request.reasonCategory },
});
