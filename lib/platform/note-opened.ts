import { headers } from "next/headers";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { recordOpened } from "#lib/requests/opened.ts";
import { faultOf } from "./fault.ts";
import { log } from "./log.ts";
import { activityHeader } from "./request.ts";

/**
 * `recordOpened`, where a person looks: not on a prefetch, nor where an open page reads itself anew. What cannot be noted
 * now, as where the request is held by a decision or the place is too busy, keeps nobody from reading.
 */
export async function noteOpened(ctx: Ctx<StaffActor>, requestId: string): Promise<void> {
  if (!(await headers()).has(activityHeader)) return;
  await recordOpened(ctx, requestId).catch((error: unknown) => {
    log(ctx.requestId).warn({ fault: faultOf(error) }, "That a request was opened is not noted");
  });
}
