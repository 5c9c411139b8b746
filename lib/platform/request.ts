import type { AnonymousActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { newId } from "#lib/kernel/ids.ts";
import { database } from "./database.ts";
import { env } from "./env.ts";

/** Set by `proxy.ts` on what a person does, overwriting whatever a client sent; absent on prefetches. */
export const requestIdHeader = "x-alongside-request";
export const pathHeader = "x-alongside-path";

/** The context of a request before anybody is known. */
export const anonymousCtx = (headers: Headers): Ctx<AnonymousActor> => ({
  db: database(),
  actor: { kind: "anonymous" },
  ip: callerIp(headers),
  userAgent: headers.get("user-agent")?.slice(0, 300) ?? null,
  requestId: headers.get(requestIdHeader) ?? newId(),
});

/**
 * The last hop of X-Forwarded-For: what the proxy before us saw, or our own server where there is none (the demo).
 * What came before it is the caller's word, and so is all of it when a panel is reached past its proxy.
 */
const callerIp = (headers: Headers): string | null =>
  headers
    .get("x-forwarded-for")
    ?.split(",")
    .at(-1)
    ?.trim()
    .replace(/^::ffff:(?=[\d.]+$)/, "")
    .slice(0, 45) || null;

/**
 * Whether the browser says that a page of ours sent this. A missing `Origin` and `null` count as foreign: Next lets
 * the first through with a warning.
 */
export const isOwnOrigin = (headers: Headers): boolean =>
  headers.get("origin") === new URL(env().ALONGSIDE_URL).origin;
