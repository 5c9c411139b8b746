import type { IncomingMessage, ServerResponse } from "node:http";
import { newId } from "#lib/kernel/ids.ts";
import { securityHeaders } from "../headers.ts";
import { requestIdHeader } from "../request.ts";

/** A body has to be here by then; a stream is only to go on. Milliseconds. */
const WHOLE_BODY_MS = 5 * 60_000;
const SILENCE_MS = 2 * 60_000;

/** The address that `proxy.ts` is kept out of, because its body is read as it arrives. */
export const isStream = (url: string): boolean =>
  decodeURIComponent(url.split("?")[0] ?? "") === "/api/v1/directory";

/** What `proxy.ts` does for every other address. */
export function prepareStream(request: IncomingMessage, response: ServerResponse): void {
  const requestId = newId();
  request.headers[requestIdHeader] = requestId;
  response.setHeader("x-request-id", requestId);
  response.setHeader("content-security-policy", "default-src 'none'; frame-ancestors 'none'");
  for (const [name, value] of securityHeaders()) response.setHeader(name, value);
}

/** In place of the server's `requestTimeout`, which would cut off a directory that takes longer than any form. */
export function limitTime(request: IncomingMessage): void {
  if (isStream(request.url ?? "")) {
    request.setTimeout(SILENCE_MS, () => request.destroy());
    return;
  }
  const timer = setTimeout(() => {
    if (!request.complete) request.destroy();
  }, WHOLE_BODY_MS);
  timer.unref();
  request.once("close", () => clearTimeout(timer));
}
