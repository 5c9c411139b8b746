import type { Database } from "#db/client.ts";
import { approvalLinksFor } from "#lib/requests/links.ts";
import type { Channels } from "./channels.ts";
import { type Copy, readCopies } from "./copies.ts";
import { type NoticeFacts, readNoticeFacts } from "./facts.ts";
import { type Channel, GiveUp, type NoticeMessage, TryLater } from "./message.ts";
import { messageOf } from "./words.ts";

/** What became of one try. */
export type Outcome =
  | { copy: Copy; is: "sent"; to: string; ref: string }
  /** Nothing had to be done, or a copy that was out shows what is now. */
  | { copy: Copy; is: "shown" }
  | { copy: Copy; is: "skipped"; why: string }
  | { copy: Copy; is: "later"; after: number | null; why: string }
  | { copy: Copy; is: "given_up"; why: string };

export type Deliverer = { db: Database; channels: Channels; url: string; patienceMs?: number };

/** A receiver that says nothing is given up for this time after so many milliseconds. */
const patience = 10_000;

/**
 * Brings copies up to date: sends those that wait, rewrites those that are out and show what is no longer so. Calls `settle`
 * for each as soon as it is known, so that a slow receiver holds up no other. Nothing is written here.
 */
export async function deliver(
  deps: Deliverer,
  ids: readonly string[],
  settle: (outcome: Outcome) => Promise<void>,
): Promise<void> {
  const copies = await readCopies(deps.db, ids);
  const due = copies.filter(isDue);
  const { facts, policy } = await readNoticeFacts(deps.db, [
    ...new Set(due.map((c) => c.noticeId)),
  ]);
  const byNotice = new Map(facts.map((one) => [one.id, one]));
  const decide = await decideLinks(deps.db, due, byNotice);
  await Promise.all(
    copies.map(async (copy) => {
      const of = isDue(copy) ? byNotice.get(copy.noticeId) : undefined;
      if (!of) return settle({ copy, is: "shown" });
      const href = (path: string) => new URL(path, deps.url).href;
      const message = messageOf(of, policy, href, decide.get(copy.id) ?? null);
      await settle(await attempt(deps, copy, message, of));
    }),
  );
}

const isDue = ({ status, shown, changed }: Copy): boolean =>
  status === "waiting" || (status === "sent" && shown < changed);

/** A link for each copy that asks somebody to decide: they are good before anybody gets one. */
function decideLinks(
  db: Database,
  copies: readonly Copy[],
  facts: ReadonlyMap<string, NoticeFacts>,
): Promise<Map<string, string>> {
  const asking = copies.flatMap((copy) => {
    const { kind, request } = facts.get(copy.noticeId) ?? {};
    const asks = kind === "request_asked" || kind === "request_reminded";
    return asks && request?.status === "pending" && copy.staffId
      ? [{ id: copy.id, requestId: request.id, approverId: copy.staffId }]
      : [];
  });
  // Who may decide no more by now, such as without the role, is told and led to no decision.
  return approvalLinksFor(db, asking);
}

async function attempt(
  { channels, patienceMs = patience }: Deliverer,
  copy: Copy,
  message: NoticeMessage,
  facts: NoticeFacts,
): Promise<Outcome> {
  const channel = channels[copy.channel];
  if (!channel) return { copy, is: "skipped", why: `${copy.channel} is not set up any more` };
  if (copy.status === "sent" && !isWorthSaying(copy, message, facts)) return { copy, is: "shown" };
  if (!copy.to) return { copy, is: "skipped", why: "nobody is there to be told any more" };
  // What they were told then is theirs to read in the panel, and was not told here.
  if (copy.status === "waiting" && !facts.sees)
    return { copy, is: "skipped", why: "who it was for may not see it any more" };
  try {
    return await send(channel, copy, copy.to, message, AbortSignal.timeout(patienceMs));
  } catch (error) {
    if (error instanceof GiveUp) return { copy, is: "given_up", why: error.message };
    if (error instanceof TryLater)
      return { copy, is: "later", after: error.afterSeconds, why: error.message };
    // In words of ours: an error's own may repeat what was sent.
    const timedOut = error instanceof Error && /Timeout|Abort/.test(error.name);
    return {
      copy,
      is: "later",
      after: null,
      why: timedOut ? "no answer in time" : "no connection",
    };
  }
}

async function send(
  channel: Channel,
  copy: Copy,
  to: string,
  message: NoticeMessage,
  signal: AbortSignal,
): Promise<Outcome> {
  if (copy.status === "sent" && copy.ref !== null) {
    await channel.update(copy.sentTo ?? to, copy.ref, message, signal);
    return { copy, is: "shown" };
  }
  const { ref } = await channel.send(to, message, signal);
  return { copy, is: "sent", to, ref };
}

/** What cannot be rewritten is followed up by another: only once it is decided, and not to who decided. */
function isWorthSaying(copy: Copy, message: NoticeMessage, { request }: NoticeFacts): boolean {
  if (copy.channel === "slack") return true;
  const last = request?.votes.at(-1);
  const isOwn = copy.channel === "mail" && copy.staffId !== null && last?.by.id === copy.staffId;
  return message.outcome !== null && request?.status !== "pending" && !isOwn;
}
