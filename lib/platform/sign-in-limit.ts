import { limited, retryAfterOf } from "#lib/limits/limited.ts";
import { retryAfter } from "./api.ts";
import { anonymousCtx } from "./request.ts";

/** Null, or the answer to a source that tries to sign in too often: leads on to the sign-in page, which says when. */
export async function refuseSignInFlood(request: Request): Promise<Response | null> {
  const often = await limited(anonymousCtx(request.headers), "sign_in_from_source");
  if (!often) return null;
  const page = `/sign-in?error=too_often&seconds=${retryAfterOf(often) ?? ""}#refused`;
  return new Response(
    `<!doctype html><html lang="en"><title>Too many sign-ins · Alongside</title><h1>You are not signed in</h1><p>${often.message}</p><p><a href="${page}">Back to the sign-in</a></p></html>`,
    {
      status: 429,
      headers: {
        ...retryAfter(often),
        refresh: `0; url=${page}`,
        "content-type": "text/html; charset=utf-8",
        "cache-control": "no-store",
      },
    },
  );
}
