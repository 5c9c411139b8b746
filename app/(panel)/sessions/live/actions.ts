"use server";
import { refresh } from "next/cache";
import { end } from "#lib/impersonation/end.ts";
import { readSessionPage } from "#lib/impersonation/queries.ts";
import { type EndInput, endSchema } from "#lib/impersonation/schemas.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { staffAction } from "#lib/platform/staff-action.ts";

/** Ends. The counts beside the navigation are of a layout that a redirect alone would keep. */
async function endAndCount(ctx: Ctx<StaffActor>, input: EndInput) {
  const ended = await end(ctx, input);
  if (ended.ok) refresh();
  return ended;
}

/** Ends, and finds out whether the reader may go on reading it: others' sessions are seen only while they live. */
async function endAndLook(ctx: Ctx<StaffActor>, input: EndInput) {
  const ended = await endAndCount(ctx, input);
  if (!ended.ok) return ended;
  const readable = (await readSessionPage(ctx, input.sessionId)) !== null;
  return { ok: true as const, value: { ...ended.value, readable } };
}

const action = { permission: "end_session", input: endSchema.omit({ by: true }) } as const;

export const endFromList = staffAction({
  ...action,
  run: endAndCount,
  goTo: ({ number }) => `/sessions/live?ended=${number}`,
});

export const endFromPage = staffAction({
  ...action,
  run: endAndLook,
  goTo: ({ sessionId, number, readable }) =>
    readable ? `/sessions/${sessionId}?ended=${number}` : `/sessions/live?ended=${number}`,
});
