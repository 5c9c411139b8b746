import http from "node:http";
import https from "node:https";
import { GiveUp, TryLater } from "./message.ts";

/** Bytes of an answer that are read: what it says is not looked at. */
const mostOfAnswer = 16_384;

export type Sending = {
  agent: http.Agent;
  signal: AbortSignal;
  headers: http.OutgoingHttpHeaders;
};

/**
 * Posts once. A connection that was kept open and that the receiver has closed meanwhile, as it may at any time (RFC 9112,
 * section 9.6), is no failure: it is posted by another. Redirects are not followed.
 * @throws TryLater, GiveUp, or an error where nobody answers.
 */
export function sendRequest(url: URL, body: string, sending: Sending): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const request = (url.protocol === "http:" ? http : https).request(
    url,
    { method: "POST", ...sending },
    (answer) => {
      let read = 0;
      answer.on("data", (chunk: Buffer) => {
        read += chunk.length;
        if (read > mostOfAnswer) answer.destroy();
      });
      answer.on("error", () => {});
      answer.on("close", () => {
        const fault = faultOf(answer);
        if (fault) reject(fault);
        else resolve();
      });
    },
  );
  request.on("error", (error: NodeJS.ErrnoException) => {
    const wasClosed = error.code === "ECONNRESET" || error.code === "EPIPE";
    if (request.reusedSocket && wasClosed) resolve(sendRequest(url, body, sending));
    else reject(error);
  });
  request.end(body);
  return promise;
}

function faultOf({ statusCode = 0, headers }: http.IncomingMessage): Error | null {
  if (statusCode >= 200 && statusCode < 300) return null;
  const why = `it answered ${statusCode}`;
  // Standard Webhooks: a receiver that says so wants no more.
  if (statusCode === 410) return new GiveUp(why);
  return new TryLater(afterOf(headers["retry-after"]), why);
}

/** RFC 9110, section 10.2.3: seconds, or a date. */
function afterOf(header: string | undefined): number | null {
  if (!header) return null;
  if (/^\d{1,6}$/.test(header)) return Number(header);
  const date = Date.parse(header);
  return Number.isNaN(date) ? null : Math.max(0, Math.ceil((date - Date.now()) / 1000));
}
