import { safePath } from "#lib/kernel/return-path.ts";
import { renewAsPersona } from "#lib/staff/renew.ts";
import { hasPersonas } from "./demo.ts";
import { backToAgain, seeOther } from "./issuer-renewal.ts";
import { isOwnOrigin } from "./request.ts";
import { currentStaff } from "./require-staff.ts";
import { refuseSignInFlood } from "./sign-in-limit.ts";

/** Answers the button of "Sign in again" in the demo, where nobody has a password: whoever presses it is who they are. */
export async function renewPersona(request: Request): Promise<Response> {
  const flood = await refuseSignInFlood(request);
  if (flood) return flood;
  const sent = await request.formData().catch(() => null);
  const said = sent?.get("from");
  const from = safePath(typeof said === "string" ? said : null);
  const { ctx } = await currentStaff();
  if (!ctx) return seeOther(`/sign-in?${new URLSearchParams({ from })}`);
  if (!hasPersonas() || !isOwnOrigin(request.headers)) return backToAgain("not_begun", from);
  const result = await renewAsPersona(ctx);
  return result.ok ? seeOther(from) : backToAgain("not_begun", from);
}
