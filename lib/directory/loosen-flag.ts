import { eq } from "drizzle-orm";
import { proposals } from "#db/schema/proposals.ts";
import { transact } from "#lib/audit/transact.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { type Result, refuse } from "#lib/kernel/result.ts";
import { acceptIn } from "#lib/proposals/decide.ts";
import { propose } from "#lib/proposals/propose.ts";
import type { AcceptInput } from "#lib/proposals/schemas.ts";
import { compared } from "./flag-rules.ts";
import { type FlagInput, proposedFlag } from "./flag-schemas.ts";
import { flagSentence, flagWord } from "./flag-words.ts";
import { proposedHeld } from "./held-schemas.ts";
import { type FlagOf, holdFlag } from "./hold-flag.ts";
import { letGoIn } from "./let-go.ts";
import { lapseLate } from "./propose-flags.ts";
import { setFlag } from "./set-flag.ts";
import { requireFlagRight } from "./tighten-flag.ts";

/**
 * A manager asks to make a flag looser: another manager accepts or declines, and until then nothing changes. Refuses with
 * `not_allowed`, `not_found`, `invalid` where it is no looser, or `conflict` where it is proposed already.
 */
export const proposeLooser = (
  ctx: Ctx<StaffActor>,
  input: FlagInput,
): Promise<Result<{ id: string; number: number }>> =>
  transact(ctx, { event: "flag.refused", body: { flag: input.flag } }, async (tx) => {
    requireFlagRight(ctx);
    const held = await holdFlag(tx, input);
    const { flag, inForce, name, accountId, subjectId } = held;
    if (compared(flag, inForce, input.value) >= 0)
      refuse("invalid", "One answer needs another look.", {
        fields: {
          value: `That is no looser: ${name} is ${flagWord(flag, inForce)}. What is stricter holds at once.`,
        },
      });
    await lapseLate(tx, ctx, held);
    return propose(tx, ctx, {
      kind: "flag",
      ...{ accountId, subjectId, reason: input.reason },
      before: { [flag]: inForce },
      after: { [flag]: input.value },
      about: `${name}, ${flagSentence(flag, inForce, input.value)}`,
    });
  });

/**
 * Another manager accepts: the flag is looser at once. Refuses as `acceptIn` does, and with `conflict` where the flag was
 * changed since it was proposed.
 */
export const acceptLooser = (
  ctx: Ctx<StaffActor>,
  input: AcceptInput,
): Promise<Result<{ id: string; number: number }>> =>
  transact(ctx, { event: "proposal.refused", body: { proposal: input.proposalId } }, async (tx) => {
    requireFlagRight(ctx);
    // What it is about never changes. It is held first, as a push and a tightening hold it.
    const [row] = await tx.select().from(proposals).where(eq(proposals.id, input.proposalId));
    if (row?.kind !== "flag" || row.accountId === null)
      refuse("not_found", "Nothing here that you may see.");
    const { subjectId } = row;
    if (subjectId !== null && proposedHeld.safeParse(row).success)
      return letGoIn(tx, ctx, { ...row, subjectId }, input.comment);
    const { before, after } = proposedFlag.parse(row);
    const { flag, value } = after;
    const of: FlagOf = row.subjectId
      ? { flag, subjectId: row.subjectId }
      : { flag, accountId: row.accountId };
    const held = await holdFlag(tx, of);
    const { id, number, reason } = await acceptIn(tx, ctx, row.id, input.comment, "flag");
    if (held.accountId !== row.accountId)
      refuse(
        "conflict",
        `${held.name} is of another account by now. Decline this, and propose it anew.`,
      );
    if (held.inForce !== before.value)
      refuse(
        "conflict",
        `It was changed since: ${held.name} is ${flagWord(flag, held.inForce)} now. Decline this, and propose it anew.`,
      );
    await setFlag(tx, ctx, held, {
      ...{ event: "flag.loosened", value, reason, more: { proposal: id } },
    });
    return { id, number };
  });
