import { type NextRequest, NextResponse } from "next/server";
import { newId } from "#lib/kernel/ids.ts";
import { env } from "#lib/platform/env.ts";
import { formTargets } from "#lib/platform/form-targets.ts";
import { contentSecurityPolicy, securityHeaders } from "#lib/platform/headers.ts";
import {
  activityHeader,
  isOwnOrigin,
  isReread,
  pathHeader,
  requestIdHeader,
} from "#lib/platform/request.ts";

/**
 * Headers, the nonce and the request's id. Never the authorisation: each page, action and handler does that itself.
 */
export async function proxy(request: NextRequest) {
  const elsewhere = ownAddress(request);
  // Not by Location: Next believes that it is asked as "localhost" and would make that relative, a loop.
  if (elsewhere)
    return new NextResponse(`Alongside is at ${elsewhere}\n`, {
      headers: { refresh: `0; url=${elsewhere}`, "content-type": "text/plain; charset=utf-8" },
    });

  const nonce = crypto.randomUUID().replaceAll("-", "");
  const csp = contentSecurityPolicy(nonce, await formTargets());
  const requestId = newId();

  const forwarded = new Headers(request.headers);
  // Next reads the nonce for its own scripts out of this header.
  forwarded.set("content-security-policy", csp);
  forwarded.set("x-nonce", nonce);
  forwarded.set(requestIdHeader, requestId);
  if (isPrefetch(request)) forwarded.delete(pathHeader);
  else forwarded.set(pathHeader, request.nextUrl.pathname + request.nextUrl.search);
  if (isPrefetch(request) || isReread(request)) forwarded.delete(activityHeader);
  else forwarded.set(activityHeader, "1");
  // Next answers an action of another origin with a fault; without the name of it our own check refuses, on record.
  if (!isOwnOrigin(request.headers)) forwarded.delete("origin");

  const response = NextResponse.next({ request: { headers: forwarded } });
  response.headers.set("content-security-policy", csp);
  for (const [name, value] of securityHeaders()) response.headers.set(name, value);
  response.headers.set("x-request-id", requestId);
  return response;
}

/** Of the demo's two names of this machine only one is ours: cookies and forms of the other would be foreign. */
function ownAddress(request: NextRequest): URL | null {
  const own = new URL(env().ALONGSIDE_URL);
  // Next itself asks 127.0.0.1 for the page that an action leads to, and names the browser's host beside it.
  const host = request.headers.get("x-forwarded-host") ?? request.headers.get("host");
  if (!env().DEMO || request.method !== "GET" || host !== `127.0.0.1:${own.port}`) return null;
  if (host === own.host) return null;
  own.pathname = request.nextUrl.pathname;
  own.search = request.nextUrl.search;
  return own;
}

const isPrefetch = (request: NextRequest): boolean =>
  (request.headers.get("sec-purpose") ?? request.headers.get("purpose") ?? "").includes("prefetch");

// What a proxy runs before is read whole into memory, and cut at 10 MB: a directory is streamed, so that its path is left
// out here and gets its headers from `lib/platform/boot/panel.ts`.
// Next's own prefetches carry a header that a proxy cannot see, only match: they pass by, and so are no activity.
export const config = {
  matcher: [
    {
      source: "/((?!_next/static/|favicon\\.svg$|api/v1/directory$).*)",
      missing: [{ type: "header", key: "next-router-prefetch" }],
    },
  ],
};
