import type { Transaction } from "#db/client.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { refuse } from "#lib/kernel/result.ts";
import { may } from "#lib/staff/rights.ts";
import { compared } from "./flag-rules.ts";
import type { FlagInput } from "./flag-schemas.ts";
import { flagWord } from "./flag-words.ts";
import { type HeldFlag, holdFlag } from "./hold-flag.ts";
import { closeProposed } from "./propose-flags.ts";
import { setFlag } from "./set-flag.ts";

/** Refuses unless the actor is a manager: they set the flags of every account. */
export function requireFlagRight(ctx: Ctx<StaffActor>): void {
  if (!may(ctx.actor, "change_flags"))
    refuse("not_allowed", "Only managers set flags. Your roles do not include it.");
}

/**
 * A manager makes a flag stricter, at once and on record; `impersonation/tighten-flag.ts` ends what lives there. What the
 * product proposed of it is void by that. Refuses with `not_allowed`, `not_found` or `invalid` where it is no stricter.
 */
export async function tightenFlagIn(
  tx: Transaction,
  ctx: Ctx<StaffActor>,
  input: FlagInput,
): Promise<HeldFlag> {
  requireFlagRight(ctx);
  const held = await holdFlag(tx, input);
  const { flag, inForce, name } = held;
  const isStricter = compared(flag, inForce, input.value) > 0;
  if (!isStricter && !(held.isGone && input.value === "closed"))
    refuse("invalid", "One answer needs another look.", {
      fields: {
        value: `${name} is ${flagWord(flag, inForce)} already. What is looser is proposed, and waits for another manager.`,
      },
    });
  await closeProposed(tx, ctx, held);
  await setFlag(tx, ctx, held, {
    event: "flag.tightened",
    value: input.value,
    reason: input.reason,
  });
  return held;
}
