import { v7 as newId } from "uuid";
import type { AuditEvent } from "#lib/vocabulary.ts";
import { entry } from "./entry.ts";
import { insert, type Row, type Sql, update } from "./sql.ts";

/** A finding as an honest worker raises it; `more` says what an attack does differently. */
export async function raiseFinding(sql: Sql, actor: string, more: Row = {}): Promise<string> {
  const id = newId();
  const now = Date.now();
  await insert(sql, "findings", {
    id,
    detector: "vip",
    pattern: `vip ${id}`,
    actor_id: actor,
    explanation: "1 session as Jane Doe, a VIP of Northwind, on 14 Nov, without a ticket.",
    evidence: JSON.stringify({ items: [], figures: {} }),
    raised_at: new Date(now),
    due_at: new Date(now + 7 * 86_400_000),
    first_at: new Date(now),
    last_at: new Date(now),
    raised_entry_id:
      "raised_entry_id" in more ? more.raised_entry_id : await about(sql, "finding.raised", id),
    ...more,
  });
  return id;
}

/** An entry about a finding. */
export const about = (sql: Sql, event: AuditEvent, finding: string, actor?: string) =>
  entry(sql, event, { actor, body: { finding } });

export async function growFinding(sql: Sql, finding: string, more: Row = {}): Promise<void> {
  await update(sql, "findings", finding, {
    explanation: "2 sessions",
    changed_entry_id: await about(sql, "finding.grown", finding),
    ...more,
  });
}

export async function askAbout(sql: Sql, finding: string, more: Row = {}): Promise<void> {
  await update(sql, "findings", finding, {
    asked_at: new Date(),
    changed_entry_id: await about(sql, "finding.asked", finding),
    ...more,
  });
}

export async function answerFinding(sql: Sql, finding: string, by: string, more: Row = {}) {
  await update(sql, "findings", finding, {
    answer: "They had called me about an invoice",
    answered_at: new Date(),
    changed_entry_id: await about(sql, "finding.answered", finding, by),
    ...more,
  });
}

export async function disposeOf(sql: Sql, finding: string, by: string, more: Row = {}) {
  await update(sql, "findings", finding, {
    status: "explained",
    note: "The customer had called, see the recording",
    disposed_by: by,
    disposed_at: new Date(),
    disposed_entry_id: await about(sql, "finding.disposed", finding, by),
    ...more,
  });
}
