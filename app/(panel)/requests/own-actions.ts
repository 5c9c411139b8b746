"use server";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { startSchema } from "#lib/impersonation/schemas.ts";
import { type Started, start } from "#lib/impersonation/start.ts";
import type { FormState } from "#lib/platform/form-state.ts";
import { staffAction } from "#lib/platform/staff-action.ts";
import { cancel } from "#lib/requests/cancel.ts";
import { endStanding } from "#lib/requests/end-standing.ts";
import { remind } from "#lib/requests/remind.ts";
import { requestIdSchema } from "#lib/requests/schemas.ts";

/** The agent takes the request back. */
export const cancelRequest = staffAction({
  permission: "ask",
  input: requestIdSchema,
  run: cancel,
});

/** The agent reminds whoever was asked and has not decided. */
export const remindApprovers = staffAction({
  permission: "ask",
  input: requestIdSchema,
  run: remind,
});

/** Its actor or a manager lets an approval stand no longer; the verb tells who that is. */
export const endStandingApproval = staffAction({
  permission: "see_queue",
  input: requestIdSchema,
  run: endStanding,
});

const startNow = staffAction({ permission: "start", input: startSchema, run: start });

/** Starts what was granted. Without script the answer leads out to the product; with it, the page goes there. */
export async function startGranted(
  before: FormState<Started>,
  form: FormData,
): Promise<FormState<Started>> {
  const state = await startNow(before, form);
  const isFetched = (await headers()).has("next-action");
  if (state.ok === true && !isFetched) redirect(`/sessions/${state.value.sessionId}/enter`);
  return state;
}
