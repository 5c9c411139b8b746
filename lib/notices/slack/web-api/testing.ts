import { z } from "zod";
import { faultsOfMessage, faultsOfView } from "../block-kit/testing.ts";

/*
 * What Slack's Web API answers, without the HTTP around it: it keeps what it is sent, and refuses what Slack would. For
 * tests only.
 */

type Posted = {
  channel: string;
  ts: string;
  text: string;
  /** As they were sent; checked by Block Kit's rules. */
  blocks: unknown;
  /** How often it was changed. */
  changed: number;
};
type Ephemeral = { channel: string; user: string; text: string };
type Opened = { triggerId: string; view: Record<string, unknown> };

export type Answer = Record<string, unknown> & { ok: boolean };

/** A refusal, with what was wrong where Slack says it. */
export const refused = (error: string, messages?: string[]): Answer => ({
  ok: false,
  error,
  ...(messages && { response_metadata: { messages } }),
});

const team = "T0ALONGSIDE";

/** A workspace with its methods. It knows the people and channels that are added, or `anybody`. */
export function webApi(anybody: boolean) {
  const people = new Set<string>();
  /** Channel ids, and whether the app is in them. */
  const channels = new Map<string, boolean>();
  const posted: Posted[] = [];
  const ephemerals: Ephemeral[] = [];
  const views: Opened[] = [];
  const used = new Set<string>();
  let clock = 1_700_000_000;

  const isKnown = (user: string) => people.has(user) || (anybody && /^U/.test(user));
  const known = (channel: string): string | null => {
    if (channel.startsWith("D"))
      return isKnown(`U${channel.slice(1)}`) ? null : "channel_not_found";
    if (!channels.has(channel)) return "channel_not_found";
    return channels.get(channel) ? null : "not_in_channel";
  };
  const blocksOf = (text: string | undefined): unknown => (text ? JSON.parse(text) : undefined);

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

  const answer = (method: string, form: Record<string, string>): Answer => {
    const run = methods[method];
    return run ? run(form) : refused("unknown_method");
  };
  return { team, people, channels, posted, ephemerals, views, answer };
}

/** Slack takes forms and JSON; what is no text in a form is JSON in it. */
export function readBody(contentType: string, body: string): Record<string, string> {
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
