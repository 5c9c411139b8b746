import type { IncomingMessage, ServerResponse } from "node:http";
import { outOfReachOAuth, outOfReachProblem } from "../out-of-reach.ts";
import { isOwnOrigin } from "../request.ts";
import { outOfReachPage, type Unsent } from "./out-of-reach-page.ts";

/** Answered without the database, or by a sentence of its own when there is none. */
const standsAlone =
  /^\/(_next\/|favicon\.svg$|\.well-known\/|api\/health$|api\/v1\/openapi\.json$)/;
const mostBytes = 1 << 20;

/** Whether this request can only fail while the database is out of reach, and has no better way to say so. */
export function needsRecord(request: IncomingMessage): boolean {
  // An action of a page that is there says it in the page, beside what was typed.
  if (request.headers["next-action"]) return false;
  return !standsAlone.test(pathOf(request));
}

/** 503: a page to a person, a problem or an OAuth error to a program. */
export async function answerOutOfReach(
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.headers.accept?.includes("text/html")) {
    const unsent = request.method === "POST" ? await unsentOf(request) : null;
    const { html, csp } = outOfReachPage(unsent);
    response.writeHead(503, {
      "content-security-policy": csp,
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-store",
      "retry-after": "5",
    });
    response.end(request.method === "HEAD" ? undefined : html);
  } else {
    request.resume();
    const answer = pathOf(request).startsWith("/oauth/") ? outOfReachOAuth() : outOfReachProblem();
    response.writeHead(503, Object.fromEntries(answer.headers));
    response.end(request.method === "HEAD" ? undefined : await answer.text());
  }
}

const pathOf = (request: IncomingMessage): string => (request.url ?? "/").split("?", 1)[0] ?? "/";

/** What a form of ours had sent; null when it came from elsewhere: that is not put into somebody's hand again. */
async function unsentOf(request: IncomingMessage): Promise<Unsent | null> {
  const headers = new Headers();
  for (const name of ["origin", "content-type"])
    headers.set(name, String(request.headers[name] ?? ""));
  const body = isOwnOrigin(headers) ? await bodyOf(request) : null;
  if (!body) {
    request.resume();
    return null;
  }
  const form = await new Response(body, { headers }).formData().catch(() => null);
  if (!form) return null;
  const fields = [...form].flatMap(([name, value]) =>
    typeof value === "string" ? [[name, value] as const] : [],
  );
  return { address: request.url ?? "/", fields };
}

async function bodyOf(request: IncomingMessage): Promise<Blob | null> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Uint8Array.from(Buffer.from(chunk));
    size += bytes.byteLength;
    if (size > mostBytes) return null;
    chunks.push(bytes);
  }
  return new Blob(chunks);
}
