import type { Settings } from "./options.ts";
import type { Ask } from "./routes.ts";

/** Path and query of the page that this request shows; of the one that its form was on, where it is no GET. */
export const pageOf = (ask: Ask, settings: Pick<Settings, "publicUrl">): string =>
  ask.method === "GET" || ask.method === "HEAD"
    ? addressOf(ask)
    : pageBefore(ask.headers, settings);

/** The page that led here, when the browser says and it is ours; else the front page. */
export function pageBefore(headers: Headers, { publicUrl }: Pick<Settings, "publicUrl">): string {
  const referer = headers.get("referer") ?? "";
  return URL.canParse(referer) ? ownPath(referer, publicUrl) : "/";
}

/** Path on our own origin, else the front page. */
export function ownPath(target: string | null, publicUrl: string): string {
  if (!target || !URL.canParse(target, publicUrl)) return "/";
  const url = new URL(target, publicUrl);
  return url.origin === publicUrl ? `/${(url.pathname + url.search).replace(/^\/+/, "")}` : "/";
}

/** A leading `//` would name another host. */
function addressOf({ path, query }: Ask): string {
  const search = query.size > 0 ? `?${query}` : "";
  return `/${path.replace(/^\/+/, "")}${search}`;
}
