import { createHmac } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { z } from "zod";
import { faultsOfMessage, faultsOfView } from "./block-kit/testing.ts";
import type { SlackSettings } from "./settings.ts";

/*
 * A server that behaves as Slack's Web API documents, on loopback. For tests only: it refuses what Slack would refuse,
 * blocks too, and does as it is told where a test wants a fault.
 */

export type Posted = {
  channel: string;
  ts: string;
  text: string;
  /** As they were sent; checked by Block Kit's rules. */
  blocks: unknown;
  /** How often it was changed. */
  changed: number;
};
export type Ephemeral = { channel: string; user: string; text: string };
export type Opened = { triggerId: string; view: Record<string, unknown> };
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
  const team = "T0ALONGSIDE";
  const people = new Set<string>();
  /** Channel ids, and whether the app is in them. */
  const channels = new Map<string, boolean>();
  const posted: Posted[] = [];
  const ephemerals: Ephemeral[] = [];
  const views: Opened[] = [];
  const calls: { method: string; form: Record<string, string>; contentType: string }[] = [];
  const faults: Fault[] = [];
  const used = new Set<string>();
  let clock = 1_700_000_000;
  let waiting: (() => void)[] = [];

  const isKnown = (user: string) => people.has(user) || (anybody && /^U/.test(user));
  const known = (channel: string): string | null => {
    if (channel.startsWith("D"))
      return isKnown(`U${channel.slice(1)}`) ? null : "channel_not_found";
    if (!channels.has(channel)) return "channel_not_found";
    return channels.get(channel) ? null : "not_in_channel";
  };
  const blocksOf = (text: string | undefined): unknown => (text ? JSON.parse(text) : undefined);

  type Answer = Record<string, unknown> & { ok: boolean };
  const refused = (error: string, messages?: string[]): Answer => ({
    ok: false,
    error,
    ...(messages && { response_metadata: { messages } }),
  });
  const methods: Record<string, (form: Record<string, string>) => Answer> = {
    "auth.test": () => ({
      ok: true,
      team_id: team,
      user_id: "U0BOT",
      url: "https://x.slack.test/",
    }),
    "conversations.open": ({ users = "" }) =>
      isKnown(users)
        ? { ok: true, channel: { id: `D${users.slice(1)}` } }
        : refused("user_not_found"),
    "chat.postMessage": ({ channel = "", text, blocks }) => {
      const fault = known(channel) ?? (text || blocks ? null : "no_text");
      if (fault) return refused(fault);
      const wrong = blocks === undefined ? [] : faultsOfMessage(blocksOf(blocks));
      if (wrong.length > 0) return refused("invalid_blocks", wrong);
      clock += 1;
      const ts = `${clock}.000100`;
      posted.push({ channel, ts, text: text ?? "", blocks: blocksOf(blocks), changed: 0 });
      return { ok: true, channel, ts };
    },
    "chat.update": ({ channel, ts, text, blocks }) => {
      const message = posted.find((one) => one.channel === channel && one.ts === ts);
      if (!message) return refused("message_not_found");
      const wrong = blocks === undefined ? [] : faultsOfMessage(blocksOf(blocks));
      if (wrong.length > 0) return refused("invalid_blocks", wrong);
      Object.assign(message, { text, blocks: blocksOf(blocks), changed: message.changed + 1 });
      return { ok: true, channel, ts };
    },
    "chat.postEphemeral": ({ channel = "", user = "", text = "" }) => {
      const fault = known(channel) ?? (isKnown(user) ? null : "user_not_in_channel");
      if (fault) return refused(fault);
      ephemerals.push({ channel, user, text });
      return { ok: true, message_ts: "1700000000.000200" };
    },
    "views.open": ({ trigger_id = "", view = "{}" }) => {
      if (used.has(trigger_id)) return refused("exchanged_trigger_id");
      if (trigger_id === "") return refused("invalid_arguments");
      const parsed: Record<string, unknown> = JSON.parse(view);
      const wrong = faultsOfView(parsed);
      if (wrong.length > 0) return refused("invalid_arguments", wrong);
      used.add(trigger_id);
      views.push({ triggerId: trigger_id, view: parsed });
      return { ok: true, view: { ...parsed, id: `V${views.length}` } };
    },
  };

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    if (request.url === statePath) {
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
      const run = methods[method];
      return run ? run(form) : refused("unknown_method");
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
    settings,
    team,
    people,
    channels,
    posted,
    ephemerals,
    views,
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

/** Slack takes forms and JSON; what is no text in a form is JSON in it. */
function readBody(contentType: string, body: string): Record<string, string> {
  if (!contentType.startsWith("application/json"))
    return Object.fromEntries(new URLSearchParams(body));
  const given = z.record(z.string(), z.unknown()).parse(JSON.parse(body));
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => [
      name,
      typeof value === "string" ? value : JSON.stringify(value),
    ]),
  );
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
