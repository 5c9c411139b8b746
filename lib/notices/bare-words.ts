import { z } from "zod";
import type { NoticeFacts } from "./facts.ts";
import type { NoticeLink, NoticeMessage } from "./message.ts";
import { oneLine } from "./plain.ts";

export type Words = Omit<NoticeMessage, "key" | "kind">;
export type Fact = NoticeMessage["facts"][number];

/** A text of an entry's payload; empty where it is none. */
export const text = z.string().catch("");

export const open = (label: string, href: string): NoticeLink => ({ label, href, act: "open" });
export const name = ({ actor }: NoticeFacts) => (actor ? oneLine(actor.name) : "Somebody");

/** The entry's own sentence: for what was erased, or is of a newer version. */
export const bare = ({ body, requestId }: NoticeFacts): Words => ({
  title: oneLine(text.parse(body.what)) || "Something happened that you may want to know",
  facts: [],
  quote: null,
  links: [],
  outcome: null,
  requestId,
  vote: null,
});
