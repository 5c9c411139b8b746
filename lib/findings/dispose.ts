import { eq } from "drizzle-orm";
import { findings } from "#db/schema/findings.ts";
import { recordAudit } from "#lib/audit/record.ts";
import { transact } from "#lib/audit/transact.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { findingNumber } from "#lib/kernel/ids.ts";
import { type Result, refuse } from "#lib/kernel/result.ts";
import { may } from "#lib/staff/rights.ts";
import type { FindingStatus } from "#lib/vocabulary.ts";
import { lockFinding } from "./lock.ts";
import { disposalRefusal } from "./rules.ts";
import type { DisposeInput } from "./schemas.ts";

export type Disposed = { number: number; status: FindingStatus };

/**
 * Their manager or compliance says what a finding was: explained, to be coached, an incident. Once, with a note; never by
 * who it is about, nor who reports to them. Refuses with `not_allowed`, `not_found`, `own_record`, `reports_to_actor`, or
 * `already_decided`.
 */
export const dispose = (ctx: Ctx<StaffActor>, input: DisposeInput): Promise<Result<Disposed>> =>
  transact(
    ctx,
    { event: "finding.refused", body: { finding: input.findingId, as: input.as } },
    async (tx) => {
      if (!may(ctx.actor, "dispose_findings"))
        refuse("not_allowed", "Only their manager or compliance disposes of a finding.");
      const { finding, at } = await lockFinding(tx, input.findingId, ctx.actor.id);
      const refused = disposalRefusal(ctx.actor, finding.standing);
      if (refused) refuse(refused.code, refused.message);
      if (finding.status !== "open")
        refuse("already_decided", "Somebody disposed of it before you. Yours was not recorded.");
      const number = findingNumber(finding.number);
      const entryId = await recordAudit(tx, ctx, {
        event: "finding.disposed",
        body: {
          what: `${number} on ${finding.actorName}, ${input.as}: “${input.note}”`,
          finding: finding.id,
          number,
          detector: finding.detector,
          agent: finding.actorName,
          agent_id: finding.actorId,
          explanation: finding.explanation,
          as: input.as,
          note: input.note,
        },
      });
      await tx
        .update(findings)
        .set({
          status: input.as,
          note: input.note,
          disposedBy: ctx.actor.id,
          disposedAt: at,
          disposedEntryId: entryId,
        })
        .where(eq(findings.id, finding.id));
      return { number: finding.number, status: input.as };
    },
  );
