import { isIP } from "node:net";
import type { AnonymousActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { newId } from "#lib/kernel/ids.ts";
import { database } from "./database.ts";
import { env } from "./env.ts";

/** Set by the gate, overwriting whatever a client sent; the path is absent on prefetches. */
export const requestIdHeader = "x-alongside-request";
export const pathHeader = "x-alongside-path";
/** Set on what a person does: not on a prefetch, nor where an open page reads itself anew. */
export const activityHeader = "x-alongside-activity";

/** The context of a request before anybody is known. */
export const anonymousCtx = (headers: Headers): Ctx<AnonymousActor> => ({
  db: database(),
  actor: { kind: "anonymous" },
  ip: callerIp(headers),
  userAgent: headers.get("user-agent")?.slice(0, 300) ?? null,
  requestId: headers.get(requestIdHeader) ?? newId(),
});

/** Our own server wrote it, over whatever the caller sent (`boot/panel.ts`); absent where it knows no address. */
const callerIp = (headers: Headers): string | null => {
  const address = headers.get("x-forwarded-for");
  return address && isIP(address) ? address : null;
};

/**
 * Whether the browser says that a page of ours sent this. A missing `Origin` and `null` count as foreign: Next lets
 * the first through with a warning.
 */
export const isOwnOrigin = (headers: Headers): boolean =>
  headers.get("origin") === new URL(env().ALONGSIDE_URL).origin;

/**
 * Whether an open page asks for itself again, as `router.refresh()` does: by script, from the very address it asks for.
 * What a person does leads elsewhere, is a form, or is a navigation of the browser's.
 */
export function isReread(request: { method: string; url: string; headers: Headers }): boolean {
  if (request.method !== "GET" || request.headers.get("sec-fetch-dest") !== "empty") return false;
  const referrer = URL.parse(request.headers.get("referer") ?? "");
  const asked = new URL(request.url);
  asked.searchParams.delete("_rsc");
  return (
    referrer?.host === new URL(env().ALONGSIDE_URL).host &&
    referrer.pathname + referrer.search === asked.pathname + asked.search
  );
}
