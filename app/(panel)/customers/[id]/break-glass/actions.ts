"use server";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { breakGlass } from "#lib/impersonation/break-glass.ts";
import { breakGlassSchema } from "#lib/impersonation/schemas.ts";
import type { Started } from "#lib/impersonation/start.ts";
import type { FormState } from "#lib/platform/form-state.ts";
import { staffAction } from "#lib/platform/staff-action.ts";

const send = staffAction({ permission: "start", input: breakGlassSchema, run: breakGlass });

/** Breaks the glass. It leads out to the product as the start form does: without script by the answer itself. */
export async function breakTheGlass(
  before: FormState<Started>,
  form: FormData,
): Promise<FormState<Started>> {
  const state = await send(before, form);
  if (state.ok !== true) return state;
  const isFetched = (await headers()).has("next-action");
  if (!isFetched) redirect(`/sessions/${state.value.sessionId}/enter`);
  return state;
}
