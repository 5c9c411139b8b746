import { type Channel, GiveUp, TryLater } from "../message.ts";
import { noticeBlocks } from "./blocks.ts";
import { callSlack } from "./call.ts";
import type { SlackSettings } from "./settings.ts";

const quiet = {
  unfurl_links: false,
  unfurl_media: false,
  link_names: false,
  parse: "none",
} as const;

/**
 * Messages by the company's own Slack app, to a person by their member id or to a channel by its id. A copy is known by
 * "channel:ts". Slack knows no idempotent post: where its answer was lost, a later try makes a second copy.
 */
export function slackChannel(settings: SlackSettings): Channel {
  /** Conversations with people, which stay the same for ever. */
  const opened = new Map<string, string>();

  async function placeOf(to: string, signal: AbortSignal): Promise<string> {
    if (!/^[UW]/.test(to)) return to;
    const known = opened.get(to);
    if (known) return known;
    const { channel } = await callSlack(settings, signal, (slack) =>
      slack.conversations.open({ users: to }),
    );
    if (!channel?.id) throw new TryLater(null, "Slack did not say where to write.");
    if (opened.size > 10_000) opened.clear();
    opened.set(to, channel.id);
    return channel.id;
  }

  return {
    name: "slack",
    async send(to, message, signal) {
      if (!isPlace(to)) throw new GiveUp("That is no member or channel of Slack's.");
      const place = await placeOf(to, signal);
      const { channel, ts } = await callSlack(settings, signal, (slack) =>
        slack.chat.postMessage({ channel: place, ...noticeBlocks(message), ...quiet }),
      );
      if (!channel || !ts) throw new TryLater(null, "Slack did not say what it made of it.");
      return { ref: `${channel}:${ts}` };
    },
    async update(_to, ref, message, signal) {
      const [channel, ts] = ref.split(":");
      if (!channel || !ts) throw new GiveUp("It is not known where the message is.");
      await callSlack(settings, signal, (slack) =>
        slack.chat.update({
          channel,
          ts,
          ...noticeBlocks(message),
          parse: "none",
          link_names: false,
        }),
      );
    },
  };
}

/** A member's id, or that of a channel: never a name, which somebody else may take. */
export const isPlace = (to: string): boolean => /^[UWCGD][A-Z0-9]{2,30}$/.test(to);
