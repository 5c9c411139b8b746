import type { IncomingMessage } from "node:http";

/** A body has to be here by then; a stream is only to go on. Milliseconds. */
const WHOLE_BODY_MS = 5 * 60_000;
const SILENCE_MS = 2 * 60_000;

/** Its body is read as it arrives. */
const isStream = (url: string): boolean => url.split("?")[0] === "/api/v1/directory";

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
