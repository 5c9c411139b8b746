import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

function asset(file: string, type: string) {
  const body = readFileSync(new URL(file, import.meta.url), "utf8");
  const etag = `"${createHash("sha256").update(body).digest("base64url").slice(0, 20)}"`;
  return { body, headers: { "content-type": type, etag, "cache-control": "no-cache" } };
}

const assets = new Map([
  ["banner.css", asset("banner.css", "text/css; charset=utf-8")],
  ["banner.js", asset("banner.js", "text/javascript; charset=utf-8")],
]);

/** Style and script of the banner from the product's own origin: `'self'` is all its CSP needs. */
export function bannerAsset(name: string, request: Request): Response | null {
  const found = assets.get(name);
  if (!found || request.method !== "GET") return null;
  if (request.headers.get("if-none-match") === found.headers.etag)
    return new Response(null, { status: 304, headers: found.headers });
  return new Response(found.body, { headers: found.headers });
}
