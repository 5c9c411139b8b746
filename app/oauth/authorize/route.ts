import { authorize } from "#lib/oauth/authorize.ts";
import { issuer } from "#lib/platform/issuer.ts";
import { anonymousCtx } from "#lib/platform/request.ts";
import { currentStaff } from "#lib/platform/require-staff.ts";

export async function GET(request: Request): Promise<Response> {
  const { ctx } = await currentStaff();
  const query = new URL(request.url).searchParams;
  const outcome = await authorize(ctx ?? anonymousCtx(request.headers), issuer().url, query);
  if (outcome.kind === "redirect")
    return new Response(null, {
      status: 303,
      headers: { location: outcome.to, "cache-control": "no-store" },
    });
  return new Response(
    `<!doctype html><html lang="en"><title>Refused · Alongside</title><h1>${outcome.title}</h1><p>${outcome.detail}</p><p><a href="/">Back to Alongside</a></p></html>`,
    {
      status: 400,
      headers: { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" },
    },
  );
}
