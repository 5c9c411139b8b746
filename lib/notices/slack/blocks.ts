import type { ActionsBlock, Button, KnownBlock, RichTextBlock } from "@slack/types";
import type { NoticeLink, NoticeMessage } from "../message.ts";
import { cut, escaped, plain } from "./text.ts";

/** What names the buttons of a message to the endpoint that is told of a press. */
export const actionIds = { approve: "approve", deny: "deny" } as const;

const mostFacts = 20;

/** A notice as Slack shows it. All that people typed is plain: it mentions nobody, links nowhere and has no style. */
export function noticeBlocks(message: NoticeMessage): { text: string; blocks: KnownBlock[] } {
  const { title, outcome } = message;
  const blocks: KnownBlock[] = [{ type: "header", text: plain(title, 150) }];
  if (outcome) blocks.push({ type: "section", text: plain(outcome, 3000) });
  const told = toldIn(message);
  if (told) blocks.push(told);
  const buttons = buttonsOf(message);
  if (buttons) blocks.push(buttons);
  const text = outcome ? `${title}. ${outcome}` : title;
  // Shown in notifications, and read as mark-up.
  return { text: cut(escaped(cut(text, 1000)), 3000), blocks };
}

function toldIn({ facts, quote }: NoticeMessage): RichTextBlock | null {
  const elements: RichTextBlock["elements"] = facts
    .slice(0, mostFacts)
    .map(({ label, value }, index) => ({
      type: "rich_text_section",
      elements: [
        {
          type: "text",
          text: `${index > 0 ? "\n" : ""}${cut(label, 100) || "–"}  `,
          style: { bold: true },
        },
        { type: "text", text: cut(value, 500) || "–" },
      ],
    }));
  if (quote)
    elements.push({
      type: "rich_text_quote",
      elements: [{ type: "text", text: cut(quote, 2000) }],
    });
  return elements.length > 0 ? { type: "rich_text", elements } : null;
}

/** Once it is decided nothing leads to a decision any more, whatever links the notice has. */
function buttonsOf(message: NoticeMessage): ActionsBlock | null {
  const links = message.outcome ? message.links.filter(({ act }) => act === "open") : message.links;
  const elements = links.slice(0, 25).map((link, index) => button(message, link, index));
  return elements.length > 0 ? { type: "actions", elements } : null;
}

function button({ vote, requestId }: NoticeMessage, link: NoticeLink, index: number): Button {
  const { act, label, href } = link;
  const isPrimary = act === "approve" || act === "expected";
  const shown = {
    type: "button" as const,
    text: plain(label, 75),
    ...(isPrimary && { style: "primary" as const }),
  };
  const votes = vote && requestId && (act === "deny" || (act === "approve" && vote.approves));
  if (votes) return { ...shown, action_id: actionIds[act], value: `${requestId}.${vote.ask}` };
  return { ...shown, action_id: `open_${index}`, url: href };
}
