import type { IncomingMessage } from "node:http";
import type { Request as Req, Response as Res } from "express";
import type { Ask } from "./core/routes.ts";

/** What Node was asked, as the core takes it. */
export function webRequest(req: Req, publicUrl: string): Request {
  const method = ["CONNECT", "TRACE", "TRACK"].includes(req.method) ? "OPTIONS" : req.method;
  // Express keeps the path as sent; only its own spelling of our routes reaches them.
  const url = URL.canParse(req.originalUrl, publicUrl)
    ? new URL(`${publicUrl}${req.originalUrl.replace(/^[^/]*/, "")}`)
    : publicUrl;
  return new Request(url, { method, headers: webHeaders(req) });
}

function webHeaders(req: IncomingMessage): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(req.headers)) {
    for (const one of [value].flat()) if (one !== undefined) headers.append(name, one);
  }
  return headers;
}

export function askOf(req: Req): Ask {
  const bodyMethod: unknown = req.body?._method;
  return {
    ...plainAskOf(req, req.originalUrl),
    // A name that comes twice is a list; some method of it is meant.
    ...(Boolean(bodyMethod) && { bodyMethod: [bodyMethod].flat().join() }),
    ip: req.ip ?? null,
  };
}

/** Without a framework: as of an upgrade. */
export function plainAskOf(req: IncomingMessage, url = req.url ?? "/"): Ask {
  const [path = "/", search = ""] = url.split("?", 2);
  return {
    method: req.method ?? "GET",
    path,
    query: new URLSearchParams(search),
    headers: webHeaders(req),
    ip: req.socket.remoteAddress ?? null,
  };
}

export async function sendWeb(response: Response, res: Res): Promise<void> {
  res.status(response.status);
  for (const [name, value] of response.headers) {
    if (name === "set-cookie") res.append(name, value);
    else res.set(name, value);
  }
  res.end(Buffer.from(await response.arrayBuffer()));
}
