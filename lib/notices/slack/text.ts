import type { PlainTextElement } from "@slack/types";

/** At most `most` UTF-16 units, as Slack counts; what is cut off shows as "…", and no character is cut in two. */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  const kept = text.slice(0, most - 1);
  return `${/[\uD800-\uDBFF]$/.test(kept) ? kept.slice(0, -1) : kept}…`;
}

/** Text that Slack shows as it is: nothing in it is a mention, a link, an emoji or a style. Never empty, which Slack refuses. */
export const plain = (text: string, most: number): PlainTextElement => ({
  type: "plain_text",
  text: cut(text.trim() || "–", most),
  emoji: false,
});

/** The three characters that begin anything in Slack's mark-up, for the one text that it always reads as such. */
export const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
