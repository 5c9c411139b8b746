import type { ChannelName, NoticeKind } from "#lib/vocabulary.ts";

/** What a link is for; a channel may show some as buttons. */
export type NoticeAct = "approve" | "deny" | "open" | "expected" | "closer";
export type NoticeLink = { label: string; href: string; act: NoticeAct };

/** A notice as it reads now, in plain text: every channel escapes it in its own way. */
export type NoticeMessage = {
  /** The notice's id: the same for every try, so that nobody shows it twice. */
  key: string;
  kind: NoticeKind;
  /** One line. */
  title: string;
  facts: { label: string; value: string }[];
  /** The reason as it was typed. */
  quote: string | null;
  links: NoticeLink[];
  /** Once it is decided: who did, and what; then nothing leads to a decision any more. */
  outcome: string | null;
  requestId: string | null;
  /**
   * Where a channel has buttons that vote: the hash of the ask, which a vote holds for, and whether a yes may come by one
   * too (`mayApproveInSlack`). Null where the reader has nothing to decide.
   */
  vote: { ask: string; approves: boolean } | null;
};

/** A way to a person or a team outside of the panel. `to` is what the channel knows them by. */
export type Channel = {
  name: ChannelName;
  /** Gives what the copy is known by afterwards. Called again with the same message when nobody knows whether it arrived. */
  send(to: string, message: NoticeMessage, signal: AbortSignal): Promise<{ ref: string }>;
  /** Says on a copy that was sent how it stands now. */
  update(to: string, ref: string, message: NoticeMessage, signal: AbortSignal): Promise<void>;
};

/** The receiver is there and wants to be left alone so many seconds, or as long as is usual. */
export class TryLater extends Error {
  readonly afterSeconds: number | null;
  constructor(afterSeconds: number | null, why: string) {
    super(why);
    this.name = "TryLater";
    this.afterSeconds = afterSeconds;
  }
}

/** No later try would arrive either: the address is gone, the key is not valid. */
export class GiveUp extends Error {
  constructor(why: string) {
    super(why);
    this.name = "GiveUp";
  }
}
