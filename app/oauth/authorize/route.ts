import { limited } from "#lib/limits/limited.ts";
import { authorize } from "#lib/oauth/authorize.ts";
import { retryAfter } from "#lib/platform/api.ts";
import { issuer } from "#lib/platform/issuer.ts";
import { anonymousCtx } from "#lib/platform/request.ts";
import { currentStaff } from "#lib/platform/require-staff.ts";

export async function GET(request: Request): Promise<Response> {
  const { ctx } = await currentStaff();
  const caller = ctx ?? anonymousCtx(request.headers);
  const often = ctx
    ? await limited(ctx, "authorize_of_person", ctx.actor.id)
    : await limited(caller, "authorize_from_source");
  if (often) return page(429, "Asked too often", often.message, retryAfter(often));
  const query = new URL(request.url).searchParams;
  const outcome = await authorize(caller, issuer().url, query);
  if (outcome.kind === "redirect")
    return new Response(null, {
      status: 303,
      headers: { location: outcome.to, "cache-control": "no-store" },
    });
  return page(400, outcome.title, outcome.detail);
}

const page = (status: number, title: string, detail: string, headers = {}): Response =>
  new Response(
    `<!doctype html><html lang="en"><title>Refused · Alongside</title><h1>${title}</h1><p>${detail}</p><p><a href="/">Back to Alongside</a></p></html>`,
    {
      status,
      headers: {
        ...headers,
        "content-type": "text/html; charset=utf-8",
        "cache-control": "no-store",
      },
    },
  );

/** Next answers HEAD by GET; a code is for who follows it. */
export const HEAD = () => new Response(null, { status: 405, headers: { allow: "GET" } });
