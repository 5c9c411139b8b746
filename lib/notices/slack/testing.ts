import { createHmac } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { z } from "zod";
import type { SlackSettings } from "./settings.ts";
import { type Answer, readBody, refused, webApi } from "./web-api/testing.ts";

/*
 * A server that behaves as Slack's Web API documents, on loopback. For tests only: it refuses what Slack would refuse,
 * blocks too, and does as it is told where a test wants a fault.
 */

type Fault =
  | { status: number; retryAfter?: number | string; body?: string }
  | { error: string }
  | { silence: true };

const answered = { "content-type": "application/json; charset=utf-8" };

export type FakeSlack = Awaited<ReturnType<typeof fakeSlack>>;

/** Where other processes read what it was sent. */
export const statePath = "/test/state";

/** Starts it; `close` ends it. It knows the people and channels that were added, or `anybody`. */
export async function fakeSlack({ token = "xoxb-test", port = 0, anybody = false } = {}) {
  const secret = "a signing secret of Slack's";
  const { answer: answerOf, ...kept } = webApi(anybody);
  const calls: { method: string; form: Record<string, string>; contentType: string }[] = [];
  const faults: Fault[] = [];
  let waiting: (() => void)[] = [];

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    if (request.url === statePath) {
      const { posted, ephemerals, views } = kept;
      response.writeHead(200, answered).end(JSON.stringify({ posted, ephemerals, views }));
      return;
    }
    const contentType = request.headers["content-type"] ?? "";
    const form = readBody(contentType, Buffer.concat(chunks).toString());
    const method = (request.url ?? "").replace(/^\/api\//, "");
    calls.push({ method, form, contentType });
    for (const tell of waiting.splice(0)) tell();
    const fault = faults.shift();
    if (fault && "silence" in fault) return;
    if (fault && "status" in fault) {
      const { status, retryAfter, body = "" } = fault;
      response.writeHead(
        status,
        retryAfter === undefined ? {} : { "retry-after": String(retryAfter) },
      );
      response.end(body);
      return;
    }
    response.writeHead(200, answered).end(JSON.stringify(fault ? refused(fault.error) : answer()));

    function answer(): Answer {
      const authorization = request.headers.authorization;
      if (!authorization) return refused("not_authed");
      if (authorization !== `Bearer ${token}`) return refused("invalid_auth");
      return answerOf(method, form);
    }
  }

  const server = createServer((request, response) => {
    handle(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const address = z.object({ port: z.int() }).parse(server.address());
  const settings: SlackSettings = {
    botToken: token,
    signingSecret: secret,
    apiUrl: `http://127.0.0.1:${address.port}/api/`,
  };
  return {
    ...kept,
    settings,
    calls,
    /** What the next calls meet, in order; then it is well again. */
    fail: (...next: Fault[]) => void faults.push(...next),
    /** When the next call has arrived, answered or not. */
    called: () => new Promise<void>((resolve) => waiting.push(resolve)),
    close: () => {
      waiting = [];
      server.closeAllConnections();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** An interaction as Slack sends it: a form with the payload, and the signature over it. */
export function signed(
  secret: string,
  payload: unknown,
  {
    at = new Date(),
    body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString(),
  } = {},
) {
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const signature = createHmac("sha256", secret).update(`v0:${timestamp}:${body}`).digest("hex");
  return {
    body,
    headers: {
      "content-type": "application/x-www-form-urlencoded",
      "x-slack-request-timestamp": timestamp,
      "x-slack-signature": `v0=${signature}`,
    },
  };
}
