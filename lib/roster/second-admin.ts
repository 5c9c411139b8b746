import type { Transaction } from "#db/client.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { proposalNumber } from "#lib/kernel/ids.ts";
import { refuse } from "#lib/kernel/result.ts";
import { whoMayDecide } from "#lib/proposals/others.ts";
import { readOpenOf } from "#lib/proposals/queries.ts";
import { type ProposedOfStaff, proposedOfStaff } from "./proposed.ts";

type Person = { id: string; name: string };

/** Refuses with `second_person`, in these words, where no other admin could accept what is about this person. */
export async function requireSecondAdmin(
  tx: Transaction,
  ctx: Ctx<StaffActor>,
  staffId: string,
  message: string,
): Promise<void> {
  const concerned = { kind: "role" as const, proposedBy: ctx.actor.id, staffId };
  if ((await whoMayDecide(tx, concerned)).length === 0) refuse("second_person", message);
}

/** Refuses with `conflict` where the same waits about this person already: “P-301 proposes that Ian … already.” */
export async function refuseProposed(
  tx: Transaction,
  ctx: Ctx<StaffActor>,
  { id }: Person,
  of: ProposedOfStaff["of"],
  that: string,
): Promise<void> {
  const waiting = await readOpenOf({ ...ctx, db: tx }, { staffId: id });
  const same = waiting.find(({ after }) => proposedOfStaff(after)?.of === of);
  if (same)
    refuse(
      "conflict",
      `Nothing was saved: ${proposalNumber(same.number)} proposes that ${that} already.`,
    );
}
