import type { readStory } from "#lib/audit/queries.ts";
import type { Deed } from "./deeds.ts";
import type { readSessionPage } from "./queries.ts";

export type SessionPage = NonNullable<Awaited<ReturnType<typeof readSessionPage>>>;
export type Told = Awaited<ReturnType<typeof readStory>>[number];

export type Item =
  | { kind: "told"; at: Date; entry: Told }
  /** Reads that follow each other without anything between. */
  | { kind: "reads"; at: Date; deeds: Deed[] }
  | { kind: "write" | "refused"; at: Date; deed: Deed };

export type Parts = { before: Item[]; during: Item[]; after: Item[] };

const opens = new Set<string>([
  "request.asked",
  "request.approved",
  "request.granted",
  "session.started",
]);

/** What led to the session, what was done in it, what came after, each in order. Reads fold, writes never do. */
export function partsOf(
  session: { startedAt: Date; endedAt: Date | null },
  told: readonly Told[],
  deeds: readonly Deed[],
): Parts {
  const parts: Parts = { before: [], during: [], after: [] };
  const over = (at: Date) => session.endedAt !== null && at > session.endedAt;
  for (const entry of told) {
    const item: Item = { kind: "told", at: entry.at, entry };
    if (opens.has(entry.event) || entry.at < session.startedAt) parts.before.push(item);
    else if (entry.event === "session.ended" || over(entry.at)) parts.after.push(item);
    else parts.during.push(item);
  }
  for (const deed of deeds) (over(deed.at) ? parts.after : parts.during).push(itemOf(deed));
  return {
    before: parts.before,
    during: fold(inOrder(parts.during)),
    after: fold(inOrder(parts.after)),
  };
}

/** One action by itself. */
export function itemOf(deed: Deed): Item {
  if (deed.phase === "view") return { kind: "reads", at: deed.at, deeds: [deed] };
  return { kind: deed.phase === "refused" ? "refused" : "write", at: deed.at, deed };
}

const inOrder = (items: Item[]): Item[] =>
  items.toSorted((a, b) => a.at.getTime() - b.at.getTime());

function fold(items: Item[]): Item[] {
  const folded: Item[] = [];
  for (const item of items) {
    const last = folded.at(-1);
    if (item.kind === "reads" && last?.kind === "reads") last.deeds.push(...item.deeds);
    else folded.push(item);
  }
  return folded;
}

/** Writes and refusals only; start, end and decisions stay. */
export const withoutReads = (items: Item[]): Item[] => items.filter(({ kind }) => kind !== "reads");
