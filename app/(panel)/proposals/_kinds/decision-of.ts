import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import type { Result } from "#lib/kernel/result.ts";
import { staffAction } from "#lib/platform/staff-action.ts";
import { decline } from "#lib/proposals/decide.ts";
import { type AcceptInput, decisionSchema } from "#lib/proposals/schemas.ts";

type Accept = (ctx: Ctx<StaffActor>, input: AcceptInput) => Promise<Result<unknown>>;

/** The server action of a kind: a yes is carried out by its floor, a no changes nothing. */
export const decisionOf = (accept: Accept) =>
  staffAction<typeof decisionSchema, unknown>({
    permission: "decide_proposals",
    input: decisionSchema,
    run: (ctx, input) => (input.vote === "accept" ? accept(ctx, input) : decline(ctx, input)),
  });
