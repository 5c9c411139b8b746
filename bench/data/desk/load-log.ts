import type pg from "pg";
import { copy } from "../load.ts";
import type { Rows } from "./rows.ts";

const nothing = "\\N";
const time = (at: number): string => new Date(at).toISOString();

/** Copies what was asked, decided and done, with its entries; the tables' guards must rest. */
export async function copyLog(
  client: pg.Client,
  product: string,
  { entries, actions, visits }: Rows,
): Promise<void> {
  const { rows: newest } = await client.query<{ version: number }>(
    "select max(version) as version from policy_versions",
  );
  const policy = String(newest[0]?.version);
  await copy(
    client,
    "audit_entry (id, occurred_at, event, actor_id, subject_id, account_id, session_id, request_id, xact)",
    entries,
    ({ id, at, event, actorId, visit, customerId, accountId }) => [
      id,
      time(at),
      event,
      actorId,
      customerId,
      accountId,
      visit && !event.startsWith("request.") ? visit.id : nothing,
      visit ? visit.requestId : nothing,
      "1",
    ],
  );
  await copy(
    client,
    "audit_payload (entry_id, salt, body)",
    entries.filter(({ refused }) => refused !== null),
    ({ id, refused }) => [id, "\\\\x00", JSON.stringify({ what: "Refused", refused })],
  );
  await copy(
    client,
    `requests (id, actor_id, subject_id, account_id, product_id, scope, minutes, reason_category, lawful_basis, reason,
      caller_check, ticket, policy_version, sensitive, sensitive_because, approvals_needed, status, created_at, lapses_at,
      granted_at, granted_minutes, start_by, closed_at, asked_entry_id, granted_entry_id, closed_entry_id)`,
    visits,
    ({ visit, askedAt, grantedAt, asked, granted, started }) => [
      visit.requestId,
      visit.actor.id,
      visit.customer.id,
      visit.customer.account.id,
      product,
      visit.scope,
      "60",
      visit.category,
      "contract",
      "As one writes it down",
      "call_back",
      visit.ticket ?? nothing,
      policy,
      visit.approver ? "t" : "f",
      visit.customer.isVip ? "{vip}" : "{}",
      visit.approver ? "1" : "0",
      "used",
      time(askedAt),
      time(askedAt + 4 * 3_600_000),
      time(grantedAt),
      "60",
      time(grantedAt + 1_800_000),
      time(visit.at),
      asked,
      granted,
      started,
    ],
  );
  await copy(
    client,
    "approvals (id, request_id, approver_id, vote, minutes, ask_hash, policy_version, created_at, entry_id)",
    visits.filter(({ visit }) => visit.approver),
    ({ visit, grantedAt, granted }) => [
      granted,
      visit.requestId,
      visit.approver?.id ?? nothing,
      "approve",
      "60",
      "\\\\x00",
      policy,
      time(grantedAt),
      granted,
    ],
  );
  await copy(
    client,
    `sessions (id, request_id, actor_id, subject_id, account_id, product_id, scope, minutes, policy_version, sign_in_id,
      started_at, expires_at, last_active_at, ended_at, end_cause, started_entry_id, ended_entry_id)`,
    visits,
    ({ visit, endsAt, started, ended }) => [
      visit.id,
      visit.requestId,
      visit.actor.id,
      visit.customer.id,
      visit.customer.account.id,
      product,
      visit.scope,
      "60",
      policy,
      visit.actor.signInId,
      time(visit.at),
      time(visit.at + 3_600_000),
      time(endsAt),
      time(endsAt),
      "actor",
      started,
      ended,
    ],
  );
  await copy(
    client,
    "actions (id, session_id, seq, phase, effect, method, route, happened_at, entry_id)",
    actions,
    ({ id, visit, seq, phase, effect, at, entryId }) => [
      id,
      visit.id,
      String(seq),
      phase,
      effect,
      "POST",
      "/invoices/:x",
      time(at),
      entryId,
    ],
  );
}
