import { z } from "zod";
import { recordRefusal } from "#lib/audit/transact.ts";
import { safePath } from "#lib/kernel/return-path.ts";
import { authOptions } from "./auth.ts";
import { hasPersonas } from "./demo.ts";
import { askNextAuth } from "./next-auth-inside.ts";
import { anonymousCtx, isOwnOrigin } from "./request.ts";
import { refuseSignInFlood } from "./sign-in-limit.ts";

const chosen = z.object({ staffId: z.string(), from: z.string().optional() });

/**
 * Answers the form of the sign-in page: lets next-auth sign the persona in, from here rather than from the browser,
 * so that the form needs no script. Leads to `from`, or back to the sign-in page with a code.
 */
export async function signInAsPersona(request: Request): Promise<Response> {
  if (!hasPersonas()) return back({});
  const flood = await refuseSignInFlood(request);
  if (flood) return flood;
  const sent = await request.formData().catch(() => null);
  const form = chosen.safeParse(sent && Object.fromEntries(sent));
  if (!form.success) return back({ error: "unknown" });
  const { staffId } = form.data;
  const from = safePath(form.data.from);
  if (!isOwnOrigin(request.headers)) {
    const message = "A sign-in that was not sent from our own page";
    await recordRefusal(
      anonymousCtx(request.headers),
      { event: "sign_in.refused" },
      { code: "not_allowed", message },
    );
    return back({ error: "unknown" });
  }
  const error = await throughNextAuth(staffId);
  return error ? back({ error, person: staffId, from }, "#refused") : seeOther(from);
}

async function throughNextAuth(staffId: string): Promise<string | null> {
  const { ok, location } = await askNextAuth(authOptions(), "callback/persona", { staffId });
  return location?.searchParams.get("error") ?? (ok ? null : "unknown");
}

const back = (query: Record<string, string>, fragment = ""): Response =>
  seeOther(`/sign-in?${new URLSearchParams(query)}${fragment}`);

const seeOther = (location: string): Response =>
  new Response(null, { status: 303, headers: { location, "cache-control": "no-store" } });
