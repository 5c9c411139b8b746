import { and, eq, isNull } from "drizzle-orm";
import { sessions } from "#db/schema/impersonation.ts";
import { transact } from "#lib/audit/transact.ts";
import type { FlagInput } from "#lib/directory/flag-schemas.ts";
import { tightenFlagIn } from "#lib/directory/tighten-flag.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { ok, type Result } from "#lib/kernel/result.ts";
import { endIfDue } from "./end.ts";

/**
 * A manager makes a flag of an account or a person stricter, at once: what lives there and rests on less is over with it,
 * and its end is written down. Refuses as `tightenFlagIn` does. Gives how many sessions ended.
 */
export async function tightenFlag(
  ctx: Ctx<StaffActor>,
  input: FlagInput,
): Promise<Result<{ ended: number }>> {
  const about =
    "subjectId" in input ? { subjectId: input.subjectId } : { accountId: input.accountId };
  const set = await transact(
    ctx,
    { event: "flag.refused", ...about, body: { flag: input.flag } },
    (tx) => tightenFlagIn(tx, ctx, input),
  );
  if (!set.ok) return set;
  const { accountId, subjectId } = set.value;
  const live = await ctx.db
    .select({ id: sessions.id })
    .from(sessions)
    .where(
      and(
        isNull(sessions.endedAt),
        subjectId ? eq(sessions.subjectId, subjectId) : eq(sessions.accountId, accountId),
      ),
    );
  let ended = 0;
  for (const { id } of live) if (await endIfDue(ctx, id)) ended += 1;
  return ok({ ended });
}
