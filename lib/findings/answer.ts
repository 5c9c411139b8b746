import { eq } from "drizzle-orm";
import { findings } from "#db/schema/findings.ts";
import { recordAudit } from "#lib/audit/record.ts";
import { transact } from "#lib/audit/transact.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { findingNumber } from "#lib/kernel/ids.ts";
import { type Result, refuse } from "#lib/kernel/result.ts";
import { may } from "#lib/staff/rights.ts";
import { lockFinding } from "./lock.ts";
import type { AnswerInput } from "./schemas.ts";

/**
 * Whoever was asked about a finding says why, once; whoever disposes of it reads it. Refuses with `not_found` for what
 * one was not asked about, or `already_decided`.
 */
export const answer = (
  ctx: Ctx<StaffActor>,
  input: AnswerInput,
): Promise<Result<{ number: number }>> =>
  transact(ctx, { event: "finding.refused", body: { finding: input.findingId } }, async (tx) => {
    if (!may(ctx.actor, "answer_findings"))
      refuse("not_allowed", "Only who is asked about a finding answers.");
    const { finding, at } = await lockFinding(tx, input.findingId, ctx.actor.id);
    if (finding.actorId !== ctx.actor.id || !finding.askedAt)
      refuse("not_found", "Nothing here that you were asked about.");
    if (finding.answeredAt) refuse("already_decided", "You have answered this already.");
    if (finding.status !== "open")
      refuse("already_decided", "It was decided before you answered. Nothing was recorded.");
    const number = findingNumber(finding.number);
    const entryId = await recordAudit(tx, ctx, {
      event: "finding.answered",
      body: {
        what: `Said about ${number}: “${input.answer}”`,
        finding: finding.id,
        number,
        answer: input.answer,
      },
    });
    await tx
      .update(findings)
      .set({ answer: input.answer, answeredAt: at, changedEntryId: entryId })
      .where(eq(findings.id, finding.id));
    return { number: finding.number };
  });
