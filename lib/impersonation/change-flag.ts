import { compared } from "#lib/directory/flag-rules.ts";
import type { FlagInput } from "#lib/directory/flag-schemas.ts";
import { proposeLooser } from "#lib/directory/loosen-flag.ts";
import { readAccountFlags, readPersonFlags } from "#lib/directory/read-flags.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { ok, type Result } from "#lib/kernel/result.ts";
import { tightenFlag } from "./tighten-flag.ts";

export type FlagChanged = { kind: "set"; ended: number } | { kind: "proposed"; number: number };

/**
 * A manager changes a flag: what is stricter holds at once, what is looser is proposed to another manager. Each verb asks
 * again what is in force once it holds it. Refuses as `tightenFlag` and `proposeLooser` do.
 */
export async function changeFlag(
  ctx: Ctx<StaffActor>,
  input: FlagInput,
): Promise<Result<FlagChanged>> {
  const flags =
    "subjectId" in input
      ? await readPersonFlags(ctx.db, input.subjectId)
      : await readAccountFlags(ctx.db, input.accountId);
  const now = flags.find(({ flag }) => flag === input.flag);
  if (now && compared(input.flag, now.inForce, input.value) < 0) {
    const proposed = await proposeLooser(ctx, input);
    return proposed.ok ? ok({ kind: "proposed", number: proposed.value.number }) : proposed;
  }
  const set = await tightenFlag(ctx, input);
  return set.ok ? ok({ kind: "set", ended: set.value.ended }) : set;
}
