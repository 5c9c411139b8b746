import type { Detector } from "#lib/vocabulary.ts";
import type { Evidence, Found, Item } from "./evidence.ts";
import type { Access, Vote } from "./facts.ts";

/** A session as an item of evidence. */
export const itemOf = (access: Access, more: Partial<Pick<Item, "note" | "count">> = {}): Item => ({
  id: access.id,
  of: "session",
  at: new Date(access.at).toISOString(),
  number: access.number,
  agent: null,
  subjectId: access.subjectId,
  subject: access.subject,
  accountId: access.accountId,
  account: access.account,
  explained: access.explained,
  note: null,
  count: 1,
  ...more,
});

/** A request as an item of evidence, at the time of the vote. */
export const itemOfVote = (vote: Vote, more: Partial<Pick<Item, "note" | "agent">>): Item => ({
  id: vote.requestId,
  of: "request",
  at: new Date(vote.at).toISOString(),
  number: vote.number,
  agent: null,
  subjectId: vote.subjectId,
  subject: vote.subject,
  accountId: vote.accountId,
  account: vote.account,
  explained: vote.explained,
  note: null,
  count: 1,
  ...more,
});

type About = Pick<Found, "detector" | "actorId"> &
  Partial<Pick<Found, "otherId" | "subjectId" | "accountId">>;

export const found = (
  about: About,
  items: readonly Item[],
  figures: Evidence["figures"] = {},
): Found => ({
  otherId: null,
  subjectId: null,
  accountId: null,
  ...about,
  evidence: { items: [...items], figures },
});

type Timed = { actorId: string; at: number };

/** One pattern for each actor. */
export const foundByActor = <T extends Timed>(
  detector: Detector,
  list: readonly T[],
  toItem: (one: T) => Item,
): Found[] =>
  grouped(list, ({ actorId }) => actorId).flatMap((group) => {
    const [first] = group;
    return first ? [found({ detector, actorId: first.actorId }, group.map(toItem))] : [];
  });

/** One pattern for each actor and customer. */
export const foundBySubject = <T extends Timed & { subjectId: string; accountId: string }>(
  detector: Detector,
  list: readonly T[],
  toItem: (one: T) => Item,
  figures?: (first: T) => Evidence["figures"],
): Found[] =>
  grouped(list, (one) => one.actorId + one.subjectId).flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const { actorId, subjectId, accountId } = first;
    const about = { detector, actorId, subjectId, accountId };
    return [found(about, group.map(toItem), figures?.(first))];
  });

/** The same grouped by a key, each group in the order of time. */
export function grouped<T extends { at: number }>(
  list: readonly T[],
  key: (one: T) => string,
): T[][] {
  const groups = new Map<string, T[]>();
  for (const one of list) {
    const group = groups.get(key(one));
    if (group) group.push(one);
    else groups.set(key(one), [one]);
  }
  return [...groups.values()].map((group) => group.toSorted((a, b) => a.at - b.at));
}

/**
 * Of things in the order of time, those within a span of which so many are: each that is in any such span. `size` says
 * how much a span holds; it is asked of each span once.
 */
export function dense<T extends { at: number }>(
  list: readonly T[],
  spanMs: number,
  isEnough: (span: readonly T[]) => boolean,
): T[] {
  const chosen = new Set<T>();
  let from = 0;
  list.forEach((one, i) => {
    while ((list[from]?.at ?? one.at) < one.at - spanMs) from += 1;
    const span = list.slice(from, i + 1);
    if (isEnough(span)) for (const each of span) chosen.add(each);
  });
  return list.filter((one) => chosen.has(one));
}
