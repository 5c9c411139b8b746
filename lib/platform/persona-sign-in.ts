import { cookies } from "next/headers";
import { NextRequest } from "next/server";
import { z } from "zod";
import { recordRefusal } from "#lib/audit/transact.ts";
import { safePath } from "#lib/kernel/return-path.ts";
import { authHandler } from "./auth.ts";
import { env } from "./env.ts";
import { anonymousCtx, isOwnOrigin } from "./request.ts";
import { cookieOptions, sessionMaxAge } from "./session-cookie.ts";
import { refuseSignInFlood } from "./sign-in-limit.ts";

const chosen = z.object({ staffId: z.string(), from: z.string().optional() });

/**
 * Answers the form of the sign-in page: lets next-auth sign the persona in, from here rather than from the browser,
 * so that the form needs no script. Leads to `from`, or back to the sign-in page with a code.
 */
export async function signInAsPersona(request: Request): Promise<Response> {
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
  const token = await askNextAuth("csrf");
  const { csrfToken } = z.object({ csrfToken: z.string() }).parse(await token.json());
  const answer = await askNextAuth("callback/persona", { csrfToken, staffId });
  const location = URL.parse(answer.headers.get("location") ?? "", env().ALONGSIDE_URL);
  if (answer.status >= 400 || !location) return location?.searchParams.get("error") ?? "unknown";
  return location.searchParams.get("error");
}

async function askNextAuth(path: string, body?: Record<string, string>): Promise<Response> {
  const request = new NextRequest(new URL(`/api/auth/${path}`, env().ALONGSIDE_URL), {
    method: body ? "POST" : "GET",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: body ? new URLSearchParams(body) : null,
  });
  const answer = await authHandler(request, {
    params: Promise.resolve({ nextauth: path.split("/") }),
  });
  const jar = await cookies();
  for (const line of answer.headers.getSetCookie()) {
    const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    if (!name || value === undefined) continue;
    const lasts = name.endsWith("session-token") ? { maxAge: sessionMaxAge } : {};
    jar.set(name, decodeURIComponent(value), { ...cookieOptions(), ...lasts });
  }
  return answer;
}

const back = (query: Record<string, string>, fragment = ""): Response =>
  seeOther(`/sign-in?${new URLSearchParams(query)}${fragment}`);

const seeOther = (location: string): Response =>
  new Response(null, { status: 303, headers: { location, "cache-control": "no-store" } });
