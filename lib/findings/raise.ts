import { eq, sql } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import { preparedStatement } from "#db/prepared.ts";
import { findingSessions, findings } from "#db/schema/findings.ts";
import { recordAudit } from "#lib/audit/record.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { findingNumber, newId } from "#lib/kernel/ids.ts";
import { type Evidence, type Found, isMeant } from "./evidence.ts";
import type { DetectorRule } from "./facts.ts";
import { type Known, type KnownFindings, merged } from "./known.ts";

export type About = { zone: string; name: string; dueDays: number };

/** Raises a finding of a pattern, or lets the open one grow; true when anything is new. */
export async function raise(
  tx: Transaction,
  ctx: Ctx,
  rule: DetectorRule,
  found: Found,
  known: KnownFindings,
  about: About,
): Promise<boolean> {
  const open = known.openFor(found);
  if (!open) {
    await raiseNew(tx, ctx, rule, found, about);
    return true;
  }
  const evidence = merged(open.evidence, found.evidence);
  if (!evidence) return false;
  await grow(tx, ctx, rule, open, evidence, about);
  return true;
}

/** Raises a finding that there is not yet; gives its number. */
export async function raiseNew(
  tx: Transaction,
  ctx: Ctx,
  rule: DetectorRule,
  found: Found,
  { zone, name, dueDays }: About,
): Promise<number> {
  const { evidence, detector, actorId, otherId, subjectId, accountId } = found;
  const span = spanOf(evidence);
  const id = newId();
  const number = await nextNumber(tx);
  const explanation = rule.words(evidence, zone);
  const now = Date.now();
  await tx.insert(findings).values({
    id,
    number,
    detector,
    pattern: [detector, actorId, otherId, subjectId ?? accountId, span.first.id]
      .filter(Boolean)
      .join(" "),
    actorId,
    otherId,
    subjectId,
    accountId,
    explanation,
    evidence,
    // The schema sets the time, and keeps the days between.
    raisedAt: new Date(now),
    dueAt: new Date(now + dueDays * 86_400_000),
    firstAt: new Date(span.first.at),
    lastAt: new Date(span.last.at),
    raisedEntryId: await recordAudit(tx, ctx, {
      event: "finding.raised",
      body: {
        what: `${findingNumber(number)} on ${name}: ${explanation}`,
        finding: id,
        number: findingNumber(number),
        detector,
        actor: name,
        items: evidence.items.map((item) => item.id),
      },
    }),
  });
  await addSessions(tx, id, found);
  return number;
}

async function grow(
  tx: Transaction,
  ctx: Ctx,
  rule: DetectorRule,
  open: Known,
  evidence: Evidence,
  { zone, name }: About,
): Promise<void> {
  const explanation = rule.words(evidence, zone);
  const before = new Set(open.evidence.items.map(({ id }) => id));
  const entryId = await recordAudit(tx, ctx, {
    event: "finding.grown",
    body: {
      what: `${findingNumber(open.number)} on ${name}: ${explanation}`,
      finding: open.id,
      number: findingNumber(open.number),
      detector: open.detector,
      actor: name,
      items: evidence.items.filter(({ id }) => !before.has(id)).map(({ id }) => id),
    },
  });
  await tx
    .update(findings)
    .set({
      explanation,
      evidence,
      lastAt: sql`greatest(${findings.lastAt}, ${spanOf(evidence).last.at}::timestamptz)`,
      changedEntryId: entryId,
    })
    .where(eq(findings.id, open.id));
  await addSessions(tx, open.id, { detector: open.detector, evidence });
}

/** Those that it is about; what is told beside them is not for the reviewer to open. */
async function addSessions(
  tx: Transaction,
  findingId: string,
  { detector, evidence }: Pick<Found, "detector" | "evidence">,
): Promise<void> {
  const sessions = evidence.items.filter(
    (item) => item.of === "session" && isMeant(detector, item),
  );
  if (sessions.length === 0) return;
  await tx
    .insert(findingSessions)
    .values(sessions.map(({ id }) => ({ findingId, sessionId: id })))
    .onConflictDoNothing();
}

function spanOf({ items }: Evidence) {
  const [first] = items;
  const last = items.at(-1);
  if (!first || !last) throw new Error("A finding is about something");
  return { first, last };
}

const drawNumber = preparedStatement<{ number: number }>(
  "finding_number",
  "select nextval('finding_numbers') as number",
);

async function nextNumber(tx: Transaction): Promise<number> {
  const [row] = await drawNumber(tx);
  if (!row) throw new Error("There was no number to draw");
  return row.number;
}
