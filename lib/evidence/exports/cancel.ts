import { z } from "zod";
import { transact } from "#lib/audit/transact.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { idSchema } from "#lib/kernel/ids.ts";
import { type Result, refuse } from "#lib/kernel/result.ts";
import { may } from "#lib/staff/rights.ts";
import { endExport, lockRunning } from "./end.ts";

export const cancelSchema = z.object({ id: idSchema });

/** Stops one's own export; whoever reads its file sees it cut off. Refuses with `ended` when it is over. */
export const cancelExport = (
  ctx: Ctx<StaffActor>,
  { id }: z.output<typeof cancelSchema>,
): Promise<Result<{ id: string }>> =>
  transact(ctx, { event: "export.refused", body: { export: id } }, async (tx) => {
    if (!may(ctx.actor, "export_evidence"))
      refuse("not_allowed", "Only compliance takes evidence out of the panel.");
    const row = await lockRunning(tx, id);
    if (!row || row.startedBy !== ctx.actor.id)
      refuse("ended", "It is over already. Nothing was cancelled.");
    await endExport(tx, ctx, row, { status: "cancelled" });
    return { id };
  });
