import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import { recordRefusal } from "#lib/audit/transact.ts";
import { newId } from "#lib/kernel/ids.ts";
import { env } from "../env.ts";
import { faultOf } from "../fault.ts";
import { formTargets } from "../form-targets.ts";
import { contentSecurityPolicy, securityHeaders } from "../headers.ts";
import { log } from "../log.ts";
import { activityHeader, anonymousCtx, isReread, pathHeader, requestIdHeader } from "../request.ts";
import { bodyFault, drained } from "./posted.ts";
import { isReadable } from "./readable.ts";

/*
 * Stands before Next, so that nothing passes it by: neither prefetches, nor built files, nor what Next refuses before
 * a proxy of its own would run. Headers, the nonce, the request's id, and what is no request of ours at all. Never
 * the authorisation: each page, action and handler does that itself.
 */

const forPrograms = /^\/(api|oauth)\//;
/** Files that are made while they are read, and the stream: its words are of use at once or not at all. */
const isTakenOut = /\/(file|pack)(\?|$)|^\/api\/stream(\?|$)/;
const isFile = /^\/(_next\/|(favicon\.svg|robots\.txt)(\?|$))/;

/**
 * Only Next and we may say these, to ourselves. What names the host or the protocol is among them: the panel is at
 * ALONGSIDE_URL, whatever a caller or a proxy says.
 */
const internal =
  /^(x-(middleware|nextjs|next|invoke|now|vercel|matched|prerender|alongside|original|rewrite)-.*|x-(nonce|rewrite-url|http-method(-override)?|method-override)|next-resume|content-security-policy.*|forwarded|x-forwarded-(?!for$).*)$/;

/** Prepares a request for Next and its answer's headers. False: it is answered already. */
export async function gate(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
  const { headers, url: address = "", method = "" } = request;
  const own = new URL(env().ALONGSIDE_URL);
  const host = headers["x-forwarded-host"] ?? headers.host;
  await prepare(request, response, own);

  if (!isAddress(address)) return refuse(response, 400, "There is no such address.");
  const allowed = methodsOf(address);
  if (!allowed.includes(method)) {
    response.setHeader("allow", allowed.join(", "));
    return refuse(response, 405, "This method is not answered here.");
  }
  if (env().DEMO && method === "GET" && host === `127.0.0.1:${own.port}` && host !== own.host) {
    // Of the demo's two names of this machine only one is ours: cookies and forms of the other would be foreign.
    response.setHeader("location", new URL(address, own).href);
    return refuse(response, 307, `Alongside is at ${own.origin}`);
  }
  const url = new URL(address, own);
  if (method === "GET" || method === "HEAD") {
    noteReading(headers, method, url);
    return true;
  }
  headers[pathHeader] = url.pathname + url.search;
  headers[activityHeader] = "1";
  // Next answers an action of another origin with a fault; without the name of it our own check refuses, on record.
  if (headers.origin !== own.origin) delete headers.origin;
  const fault = await bodyFault(request);
  return fault === null || refusePosted(request, response, ...fault);
}

/** What every answer carries, and what every request says from here on. */
async function prepare({ headers, url }: IncomingMessage, response: ServerResponse, own: URL) {
  const requestId = newId();
  const nonce = crypto.randomUUID().replaceAll("-", "");
  const csp = contentSecurityPolicy(nonce, await formTargets());
  response.setHeader("content-security-policy", csp);
  for (const [name, value] of securityHeaders()) response.setHeader(name, value);
  response.setHeader("x-request-id", requestId);
  // Next sets its own where an answer may be kept: built files are.
  if (!url?.startsWith("/_next/static/")) {
    // What is compressed on the way is held back, and is another file than the one whose hash is on record.
    const kept = isTakenOut.test(url ?? "") ? "no-store, no-transform" : "no-store";
    response.setHeader("cache-control", kept);
  }

  for (const name of Object.keys(headers)) if (internal.test(name)) delete headers[name];
  headers.host = own.host;
  headers["x-forwarded-host"] = own.host;
  headers[requestIdHeader] = requestId;
  // Next reads the nonce for its own scripts out of this header.
  headers["content-security-policy"] = csp;
  headers["x-nonce"] = nonce;
}

/** Next shows a page whatever the verb, and fails at one that a file does not take. */
function methodsOf(address: string): string[] {
  const reading = ["GET", "HEAD", "OPTIONS"];
  if (isFile.test(address)) return reading.slice(0, 2);
  return [...reading, "POST", ...(address.startsWith("/api/") ? ["PUT"] : [])];
}

/** A path of ours. Browsers and programs resolve dots before they ask. */
const isAddress = (address: string): boolean =>
  /^\/(?![/\\])/.test(address) &&
  !/\\|%5c|%00|\/(\.|%2e){1,2}(\/|$)/i.test(address.split("?", 1)[0] ?? "") &&
  isReadable(address);

/** Which page is read, and whether a person does that; neither for a prefetch. */
function noteReading(headers: IncomingHttpHeaders, method: string, url: URL): void {
  if (isPrefetch(headers)) return;
  // Nobody reads an answer without a body: programs look whether there is one.
  if (
    method !== "HEAD" &&
    !isReread({ method, url: url.href, headers: only(headers, "sec-fetch-dest", "referer") })
  )
    headers[activityHeader] = "1";
  // Next's own mark of a page's data is no part of the address that a person sees.
  url.searchParams.delete("_rsc");
  headers[pathHeader] = url.pathname + url.search;
}

const isPrefetch = (headers: IncomingHttpHeaders): boolean =>
  headers["next-router-prefetch"] !== undefined ||
  String(headers["sec-purpose"] ?? headers.purpose ?? "").includes("prefetch");

const only = (headers: IncomingHttpHeaders, ...names: string[]): Headers =>
  new Headers(names.flatMap((name) => (headers[name] ? [[name, String(headers[name])]] : [])));

function refuse(response: ServerResponse, status: number, message: string): false {
  // Programs read an error as JSON, or have none to read.
  if (forPrograms.test(response.req.url ?? "")) response.writeHead(status).end();
  else
    response.writeHead(status, { "content-type": "text/plain; charset=utf-8" }).end(`${message}\n`);
  return false;
}

/** Refuses on record. The caller may still be sending: they have the answer at once, and are heard out for a while. */
async function refusePosted(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  message: string,
): Promise<false> {
  const sent = only(request.headers, "x-forwarded-for", "user-agent", requestIdHeader);
  await recordRefusal(
    anonymousCtx(sent),
    { event: "page.refused" },
    { code: "invalid", message },
  ).catch((error: unknown) => log().error({ fault: faultOf(error) }, "refusal not recorded"));
  response.writeHead(status, {
    connection: "close",
    "content-type": "text/plain; charset=utf-8",
    "content-length": Buffer.byteLength(message) + 1,
  });
  response.write(`${message}\n`);
  await drained(request);
  response.end();
  return false;
}
