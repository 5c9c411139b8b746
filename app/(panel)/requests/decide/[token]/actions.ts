"use server";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { ok, type Result } from "#lib/kernel/result.ts";
import { staffAction } from "#lib/platform/staff-action.ts";
import { type ByLink, decideByLink } from "#lib/requests/links.ts";
import { linkedVoteSchema } from "#lib/requests/schemas.ts";
import type { Decided } from "#lib/requests/vote.ts";

type AndNext = Decided & { nextId: string | null };

/** Leads to no other request: the form's state is that of the queue's all the same. */
async function decideHere(ctx: Ctx<StaffActor>, input: ByLink): Promise<Result<AndNext>> {
  const decided = await decideByLink(ctx, input);
  return decided.ok ? ok({ ...decided.value, nextId: null }) : decided;
}

/** The decision behind an approver's own link. It stays on the page, which says then who decided. */
export const decideLinked = staffAction({
  permission: "decide",
  input: linkedVoteSchema,
  run: decideHere,
  goTo: (_, { link, requestId }) => `/requests/decide/${link}?done=${requestId}`,
  unsaid: ["link"],
});
