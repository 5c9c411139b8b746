import { headers } from "next/headers";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { recordOpened } from "#lib/requests/opened.ts";
import { activityHeader } from "./request.ts";

/** `recordOpened`, where a person looks: not on a prefetch, nor where an open page reads itself anew. */
export async function noteOpened(ctx: Ctx<StaffActor>, requestId: string): Promise<void> {
  if ((await headers()).has(activityHeader)) await recordOpened(ctx, requestId);
}
