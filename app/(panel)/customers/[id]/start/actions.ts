"use server";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { standIn, type Waiting } from "#lib/impersonation/stand-in.ts";
import type { Started } from "#lib/impersonation/start.ts";
import type { FormState } from "#lib/platform/form-state.ts";
import { staffAction } from "#lib/platform/staff-action.ts";
import { askSchema } from "#lib/requests/schemas.ts";

const ask = staffAction({ permission: "start", input: askSchema, run: standIn });

type Outcome = Started | Waiting;

/**
 * Sends the start form. What waits leads to its own page. What has started leads out to the product: without script
 * by the answer itself; with script the page goes there, since Next would follow a redirect here on the server.
 */
export async function askToStandIn(
  before: FormState<Outcome>,
  form: FormData,
): Promise<FormState<Outcome>> {
  const state = await ask(before, form);
  if (state.ok !== true) return state;
  if (state.value.kind === "waiting") redirect(`/requests/${state.value.requestId}`);
  const isFetched = (await headers()).has("next-action");
  if (!isFetched) redirect(`/sessions/${state.value.sessionId}/enter`);
  return state;
}
