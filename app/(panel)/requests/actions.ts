"use server";
import { refresh } from "next/cache";
import { z } from "zod";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { staffAction } from "#lib/platform/staff-action.ts";
import { readNext } from "#lib/requests/queue.ts";
import { denySchema, voteSchema } from "#lib/requests/schemas.ts";
import { approve, deny } from "#lib/requests/vote.ts";

const decision = z.discriminatedUnion("vote", [
  voteSchema.extend({ vote: z.literal("approve") }),
  denySchema.extend({ vote: z.literal("deny") }),
]);

/** Votes, and finds what waits for this approver next. */
async function decideAndGoOn(ctx: Ctx<StaffActor>, input: z.infer<typeof decision>) {
  const decided = input.vote === "approve" ? await approve(ctx, input) : await deny(ctx, input);
  if (!decided.ok) return decided;
  // The counts beside the navigation are of a layout that a redirect alone would keep.
  refresh();
  const next = await readNext(ctx, input.requestId);
  return { ok: true as const, value: { ...decided.value, nextId: next?.id ?? null } };
}

export const decideRequest = staffAction({
  permission: "decide",
  input: decision,
  run: decideAndGoOn,
  goTo: ({ requestId, nextId }) =>
    nextId ? `/requests/${nextId}?done=${requestId}` : `/requests?done=${requestId}`,
});
