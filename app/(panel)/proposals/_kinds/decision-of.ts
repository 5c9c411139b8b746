import { z } from "zod";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import type { Result } from "#lib/kernel/result.ts";
import { staffAction } from "#lib/platform/staff-action.ts";
import { decline } from "#lib/proposals/decide.ts";
import { type AcceptInput, acceptSchema, declineSchema } from "#lib/proposals/schemas.ts";

const decision = z.discriminatedUnion("vote", [
  acceptSchema.extend({ vote: z.literal("accept") }),
  declineSchema.extend({ vote: z.literal("decline") }),
]);

type Accept = (ctx: Ctx<StaffActor>, input: AcceptInput) => Promise<Result<unknown>>;

/** The server action of a kind: a yes is carried out by its floor, a no changes nothing. */
export const decisionOf = (accept: Accept) =>
  staffAction<typeof decision, unknown>({
    permission: "decide_proposals",
    input: decision,
    run: (ctx, input) => (input.vote === "accept" ? accept(ctx, input) : decline(ctx, input)),
  });
